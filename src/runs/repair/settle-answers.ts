import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { settleAnswer } from '../../domain/answers/settle-answer.ts'
import { isOpen } from '../../domain/runs/run.ts'

/**
 * Writes into the ledger what is not in it of the answers that are stored: when their lines are lost, a budget would be spent
 * again. An answer holds what it cost.
 *
 * @returns how many answers were not in it
 */
export async function settleAnswers(folder: RunFolder): Promise<number> {
  // A worker stores an answer a moment before it writes its line.
  if (isOpen((await folder.readState()).state)) return 0
  const sentRequests = new Set<string>()
  const settledAnswers = new Set<string>()
  for (const line of await folder.readLedger()) {
    if (line.type === 'sent') sentRequests.add(line.request)
    if (line.type === 'settled' && line.fate !== 'failed') settledAnswers.add(line.answer)
  }
  const unsettledKeys = (await folder.listAnswers()).filter((key) => !settledAnswers.has(key))
  for (const key of unsettledKeys) {
    const answer = await folder.readAnswer(key)
    const { ledger_request: request, asked_at: at, cost_usd: most_usd } = answer
    if (!sentRequests.has(request)) await folder.appendLedger({ type: 'sent', request, answer: key, at, most_usd })
    await folder.appendLedger(settleAnswer(answer, answer.answered_at))
  }
  return unsettledKeys.length
}
