import type { RunFolder } from '../../adapters/stores/run-store.ts'
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
  const settled = new Set<string>()
  for (const line of await folder.readLedger())
    if (line.type === 'settled' && line.fate !== 'failed') settled.add(line.answer)
  const unsettled = (await folder.listAnswers()).filter((key) => !settled.has(key))
  for (const key of unsettled) {
    const { ledger_request: request, asked_at, answered_at, rejected, cost_usd, usage } = await folder.readAnswer(key)
    await folder.appendLedger({ type: 'sent', request, answer: key, at: asked_at, most_usd: cost_usd })
    const line = { type: 'settled', request, answer: key, at: answered_at, cost_usd, usage } as const
    await folder.appendLedger(
      rejected === null ? { ...line, fate: 'stored' } : { ...line, fate: 'rejected', reason: rejected },
    )
  }
  return unsettled.length
}
