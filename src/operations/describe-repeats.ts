import { count } from '../domain/count.ts'
import type { ItemReference, Repeat } from '../domain/tasks/item.ts'

type Copy = Pick<ItemReference, 'task_id' | 'dataset' | 'split'>

const maxNamed = 3

/** Says which copy of a repeated task counts; undefined if no task was given more than once. */
export function describeRepeats(repeats: readonly Repeat<Copy>[]): string | undefined {
  if (repeats.length === 0) return undefined
  const named = repeats
    .slice(0, maxNamed)
    .map(({ kept, leftOut }) => `${kept.task_id} (keeping ${describeCopy(kept)}, leaving out ${describeCopy(leftOut)})`)
  const more = repeats.length > maxNamed ? `, and ${repeats.length - maxNamed} more` : ''
  return `${count(repeats.length, 'task occurs', 'tasks occur')} more than once with the same content: ${named.join(', ')}${more}.`
}

function describeCopy({ dataset, split }: Copy): string {
  return `${dataset}/${split}`
}
