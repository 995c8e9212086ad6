import { proxySandbox } from './activity-proxies.ts'
import { concludeItem } from './conclude-item.ts'
import type { ItemEnding, ItemInput } from './messages.ts'

/**
 * One item of a verification: runs its given programs and records the result. An interruption lets it finish, since
 * it waits for nobody; a cancellation kills the running programs.
 */
export async function verifyItem(input: ItemInput): Promise<ItemEnding> {
  return concludeItem(input, async () => {
    const { solved } = await proxySandbox(input.queues).verifyGiven({ runId: input.runId, item: input.item.key })
    return { outcome: solved ? 'solved' : 'unsolved', costUsd: 0 }
  })
}
