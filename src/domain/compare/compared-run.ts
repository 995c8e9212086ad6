import { nameTask } from '../format.ts'
import type { RunDocument } from '../results/run-document.ts'
import type { ItemRecord } from '../runs/record.ts'
import type { RunRecord } from '../runs/run.ts'
import { tallyItem, type ItemTally } from '../scores/tally-item.ts'
import type { ItemReference } from '../tasks/item.ts'
import type { TaskPairs } from '../tasks/task.ts'

/** One task as a run answered it. */
export interface ComparedTask extends ItemTally {
  /** Key of the item within its run. */
  readonly item: string
  /** Its name for people. */
  readonly name: string
}

/** Everything that comparisons read from a run. */
export interface ComparedRun {
  readonly run: Pick<RunRecord, 'specification'>
  readonly document: RunDocument
  /** By the hash of their content, whatever they are called. */
  readonly tasks: ReadonlyMap<string, ComparedTask>
}

/**
 * Tasks that a run may still get to: neither recorded nor given up. A complete run has none by definition: what it did
 * not record has failed and counts as wrong.
 *
 * @returns their keys in `tasks`
 */
export function listPendingTasks({ document, tasks }: ComparedRun): string[] {
  if (document.state === 'complete') return []
  const failed = new Set(document.failed_items.map(({ item }) => item))
  return [...tasks].filter(([, { recorded, item }]) => !recorded && !failed.has(item)).map(([task]) => task)
}

/** Collects the tasks of a run, one by one and in any order. */
export function createTaskGathering() {
  const entries: { readonly hash: string; readonly task: ComparedTask }[] = []
  return {
    add: (item: ItemReference, task: TaskPairs, record: ItemRecord | undefined): void => {
      const name = nameTask(item)
      entries.push({ hash: item.hash, task: { ...tallyItem(item, task, record), item: item.key, name } })
    },
    list: (): ReadonlyMap<string, ComparedTask> => {
      const twins = new Map<string, number>()
      const tasks = entries
        .toSorted((a, b) => (a.task.item < b.task.item ? -1 : 1))
        .map(({ hash, task }) => {
          const before = twins.get(hash) ?? 0
          twins.set(hash, before + 1)
          // One content under two names in a run stays two tasks, distinguished by their order.
          return [before === 0 ? hash : `${hash} ${before}`, task] as const
        })
      return new Map(tasks)
    },
  }
}
