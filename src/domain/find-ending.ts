import type { Outcome, Reply } from './recipes/recipe.ts'

/** How a reply ended short of an answer, by the provider's word; undefined when it ended by itself. */
export function findEnding(reply: Reply): Extract<Outcome, 'refused' | 'truncated'> | undefined {
  if (reply.refusal || reply.finishReason === 'content_filter') return 'refused'
  return reply.finishReason === 'length' ? 'truncated' : undefined
}
