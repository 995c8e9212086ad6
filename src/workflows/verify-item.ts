import { proxySandbox } from './activity-proxies.ts'
import { concludeItem } from './conclude-item.ts'
import type { ItemInput, TaskSummary } from './messages.ts'

/**
 * One item of a verification run: the programs that it was given are run, and recorded. An interruption lets it end, since
 * nothing in it waits for anybody; a cancellation kills the running programs.
 */
export async function verifyItem(input: ItemInput): Promise<TaskSummary> {
  return concludeItem(input, async () => {
    const { solved } = await proxySandbox(input.queues).verifyGiven({ runId: input.runId, item: input.item.key })
    return { outcome: solved ? 'solved' : 'unsolved', costUsd: 0 }
  })
}
