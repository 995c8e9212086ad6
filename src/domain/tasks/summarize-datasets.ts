import { nameTask } from '../format.ts'
import type { Task } from './task.ts'

/** One split of one dataset, in numbers. */
export interface SplitSummary {
  readonly dataset: string
  readonly split: string
  /** Tasks by id. */
  readonly tasks: number
  /** Entries that are derived: those with a version above 0. */
  readonly versions: number
  /** Number of its contents that also occur in other splits, under any name: by `dataset/split`. */
  readonly shared: Readonly<Record<string, number>>
}

/** A task with its content's hash. */
export interface HashedTask {
  readonly task: Task
  readonly hash: string
}

export function summarizeDatasets(tasks: readonly HashedTask[]): SplitSummary[] {
  const splits = Map.groupBy(tasks, ({ task }) => nameSplit(task))
  const contents = new Map([...splits].map(([name, ofSplit]) => [name, new Set(ofSplit.map(({ hash }) => hash))]))
  return [...splits].map(([name, ofSplit]) => {
    const hashes = contents.get(name) ?? new Set()
    const sharedCounts = [...contents].flatMap(([other, theirs]) => {
      const count = other === name ? 0 : hashes.intersection(theirs).size
      return count === 0 ? [] : [[other, count] as const]
    })
    return {
      dataset: ofSplit[0]?.task.dataset ?? '',
      split: ofSplit[0]?.task.split ?? '',
      tasks: new Set(ofSplit.map(({ task }) => task.taskId)).size,
      versions: ofSplit.filter(({ task }) => task.version > 0).length,
      shared: Object.fromEntries(sharedCounts),
    }
  })
}

/** Content with several names: usually one task that is in two datasets or was signed twice. */
export function findSameContents(tasks: readonly HashedTask[]): string[][] {
  return [...Map.groupBy(tasks, ({ hash }) => hash).values()]
    .map((twins) => [...new Set(twins.map(({ task }) => nameVersion(task)))])
    .filter((names) => names.length > 1)
}

/** Names with several contents within one split: nobody can say which is meant. */
export function findAmbiguousNames(tasks: readonly HashedTask[]): string[] {
  return [...Map.groupBy(tasks, ({ task }) => `${nameSplit(task)}/${nameVersion(task)}`).values()].flatMap(
    (namesakes) => {
      const [first] = namesakes
      return first !== undefined && namesakes.some(({ hash }) => hash !== first.hash) ? [nameVersion(first.task)] : []
    },
  )
}

function nameSplit({ dataset, split }: Task): string {
  return `${dataset}/${split}`
}

function nameVersion({ taskId, version }: Task): string {
  return nameTask({ task_id: taskId, version })
}
