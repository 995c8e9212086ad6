import { queueKinds, type QueueKind } from '../domain/runs/task-queues.ts'

/**
 * Reads `--queues runs,models,sandbox,unprotected`.
 *
 * @returns undefined if the flag is absent: all queues
 * @throws {RangeError} for an unknown queue
 */
export function parseQueues(words: readonly string[]): QueueKind[] | undefined {
  const at = words.indexOf('--queues')
  if (at < 0) return undefined
  const names = (words[at + 1] ?? '').split(',')
  const kinds = names.map((name) => queueKinds.find((kind) => kind === name))
  if (kinds.every((kind) => kind !== undefined)) return kinds
  throw new RangeError(`--queues ${names.join(',')}: allowed are ${queueKinds.join(', ')}, separated by commas`)
}
