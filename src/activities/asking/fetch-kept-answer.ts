import type { Answer } from '../../domain/answers/answer.ts'
import { findApi } from '../../domain/providers/providers.ts'
import type { ActivityContext } from '../dependencies.ts'
import { explainDiskFault } from '../disk-fault.ts'
import type { Purchase } from './buy-answer.ts'
import { sendRequest, type Unanswered } from './send-request.ts'

/**
 * Fetches the answer of a call that an earlier worker sent and did not live to receive: the provider went on with it. Such a
 * call was let in and paid for by that worker, so neither the gate nor a pause nor the budget holds it back.
 *
 * @returns undefined if there is no such call, or the provider no longer knows it: then the question is asked again
 */
export async function fetchKeptAnswer(
  context: ActivityContext,
  purchase: Purchase,
): Promise<Answer | Unanswered | undefined> {
  const { folder, model, messages, key } = purchase
  const spending = context.spendingOf(folder)
  if (findApi(model).background === undefined) return undefined
  for (;;) {
    const ledger = await spending.readLedger()
    const accepted = ledger.acceptedOf(key).findLast(({ by }) => by === 'background')
    const sent = accepted && ledger.findOpen(accepted.request)
    if (accepted === undefined || sent === undefined) return undefined
    const { request, provider_id: id } = accepted
    const prompt = await folder.putPrompt(messages).catch(explainDiskFault)
    const place = await folder.reserveAnswer(key).catch(explainDiskFault)
    const acceptedAs = { id, baseUrl: sent.base_url }
    spending.adopt(request)
    try {
      const reserved = { request, prompt, askedAt: new Date(sent.at), maxCostUsd: sent.most_usd, acceptedAs }
      const result = await sendRequest(context, purchase, place, reserved)
      if ('key' in result || !result.isLost) return result
    } finally {
      spending.forget(request)
      await place.discard()
    }
  }
}
