import { count } from '../../domain/count.ts'
import type { ItemReference, Repeat } from '../../domain/tasks/item.ts'

type Copy = Pick<ItemReference, 'task_id' | 'dataset' | 'split'>

const maxNamed = 3

/** Says which copy of a task counts where the same one was given more than once; undefined where none was. */
export function describeRepeats(repeats: readonly Repeat<Copy>[]): string | undefined {
  if (repeats.length === 0) return undefined
  const named = repeats
    .slice(0, maxNamed)
    .map(({ kept, leftOut }) => `${kept.task_id} (${describeCopy(kept)} counts, ${describeCopy(leftOut)} is left out)`)
  const more = repeats.length > maxNamed ? `, and ${repeats.length - maxNamed} more` : ''
  return `${count(repeats.length, 'task stands', 'tasks stand')} more than once with the same content: ${named.join(', ')}${more}.`
}

function describeCopy({ dataset, split }: Copy): string {
  return `${split} of ${dataset}`
}
