import type { Derivation } from './derivation.ts'
import type { TaskPairs } from './task.ts'

/** One task in one version, as it was when its run started. Stored in `items.json`; its pairs are in `items/<hash>.json`. */
export interface ItemReference {
  /** Unique within the run and safe as a file name, whatever the task's id is. */
  readonly key: string
  readonly task_id: string
  readonly version: number
  /** SHA-256 of the pairs as canonical JSON, in hex: the same content has the same hash under any name. */
  readonly hash: string
  readonly dataset: string
  readonly split: string
  readonly derived_from?: Derivation
}

export type Item = ItemReference & TaskPairs

type Unkeyed = Omit<ItemReference, 'key'>

/** Longer ids are truncated and distinguished by their hash: most file systems allow 255 bytes, and suffixes follow. */
const maxNameLength = 100

/**
 * Names every item: the task id, with `-v<version>` unless that is 0, and with eight hex digits of the content's hash
 * if names would still be equal. 391 ids occur in both ARC-AGI-1 and ARC-AGI-2 training with different content.
 *
 * An exact duplicate (same id, version and content) is named once: the first one stays.
 */
export function keyItems(tasks: readonly Unkeyed[]): ItemReference[] {
  const distinct = leaveOutRepeats(tasks).distinct
  const uses = new Map<string, number>()
  for (const task of distinct) uses.set(foldedName(task), (uses.get(foldedName(task)) ?? 0) + 1)
  return distinct.map((task) => {
    const ambiguous = isRewritten(task.task_id) || (uses.get(foldedName(task)) ?? 0) > 1
    return { key: ambiguous ? `${baseName(task)}-${task.hash.slice(0, 8)}` : baseName(task), ...task }
  })
}

/** A repeated task, with the copy that counts. */
export interface Repeat<Task> {
  readonly kept: Task
  readonly leftOut: Task
}

/** Keeps the first of each repeated task (same id, version and content), whatever its dataset and split. */
export function leaveOutRepeats<Task extends Pick<Unkeyed, 'task_id' | 'version' | 'hash'>>(
  tasks: readonly Task[],
): { readonly distinct: Task[]; readonly repeats: Repeat<Task>[] } {
  const distinct = new Map<string, Task>()
  const repeats: Repeat<Task>[] = []
  for (const task of tasks) {
    const name = `${task.task_id}\0${task.version}\0${task.hash}`
    const first = distinct.get(name)
    if (first === undefined) distinct.set(name, task)
    else repeats.push({ kept: first, leftOut: task })
  }
  return { distinct: [...distinct.values()], repeats }
}

function baseName({ task_id, version }: Unkeyed): string {
  return `${safeName(task_id)}${version === 0 ? '' : `-v${version}`}`
}

/** Case-insensitive file systems must not merge two items. */
function foldedName(task: Unkeyed): string {
  return baseName(task).toLowerCase()
}

function safeName(taskId: string): string {
  return (
    taskId
      .replaceAll(/[^\w.-]/g, '_')
      .replace(/^\./, '_')
      .slice(0, maxNameLength) || '_'
  )
}

/** A rewritten id may equal another id with a suffix, so it always carries its hash. */
function isRewritten(taskId: string): boolean {
  return safeName(taskId) !== taskId || /-(v\d+|[0-9a-f]{8})$/.test(taskId)
}
