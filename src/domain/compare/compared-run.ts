import type { ItemReference } from '../item.ts'
import type { ItemRecord } from '../record.ts'
import type { RunDocument } from '../run-document.ts'
import type { RunRecord } from '../run.ts'
import { tallyItem, type ItemTally } from '../scores/tally-item.ts'
import type { TaskPairs } from '../task.ts'

/** One task as a run answered it. */
export interface ComparedTask extends ItemTally {
  /** How people call it. */
  readonly name: string
}

/** All of a run that comparisons read. */
export interface ComparedRun {
  readonly run: RunRecord
  readonly document: RunDocument
  /** By what the tasks are: the hash of their content, whatever they are called. */
  readonly tasks: ReadonlyMap<string, ComparedTask>
}

/** Gathers the tasks of a run, one by one and in any order. */
export function createTaskGathering() {
  const found: { readonly hash: string; readonly item: string; readonly task: ComparedTask }[] = []
  return {
    add: (item: ItemReference, task: TaskPairs, record: ItemRecord | undefined): void => {
      const name = item.version === 0 ? item.task_id : `${item.task_id} v${item.version}`
      found.push({ hash: item.hash, item: item.key, task: { ...tallyItem(item, task, record), name } })
    },
    list: (): ReadonlyMap<string, ComparedTask> => {
      const twins = new Map<string, number>()
      const tasks = found
        .toSorted((a, b) => (a.item < b.item ? -1 : 1))
        .map(({ hash, task }) => {
          const before = twins.get(hash) ?? 0
          twins.set(hash, before + 1)
          // One content under two names in a run stays two tasks, told apart by their order.
          return [before === 0 ? hash : `${hash} ${before}`, task] as const
        })
      return new Map(tasks)
    },
  }
}
