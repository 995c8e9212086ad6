import type { Grid } from '../../domain/grids/grid.ts'
import type { ItemRecord } from '../../domain/runs/record.ts'
import { selectAttempts } from '../../domain/selection/select-attempts.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'
import type { TaskPairs } from '../../domain/tasks/task.ts'
import type { RunFolder } from '../stores/run-store.ts'

/** One item with its attempts. */
export interface ItemAttempts {
  readonly item: ItemReference
  readonly task: TaskPairs
  /** Undefined if the item is not recorded. */
  readonly record: ItemRecord | undefined
  /** At most two grids per test input, best first. */
  readonly attempts: readonly (readonly Grid[])[]
}

/** Every item of a run, in order: scorers count the tasks of an export, so an item without a record is listed without a grid. */
export async function* readAttempts(folder: RunFolder): AsyncGenerator<ItemAttempts> {
  for (const item of await folder.listItems()) {
    const task = await folder.readPairs(item.hash)
    const record = await folder.findRecord(item.key)
    yield { item, task, record, attempts: record ? selectAttempts(record, task) : task.test.map(() => []) }
  }
}
