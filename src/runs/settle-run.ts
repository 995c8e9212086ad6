import type { CostAsker, FoundCost } from '../adapters/models/ask-cost.ts'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import { mapConcurrently } from '../domain/map-concurrently.ts'
import { listUnpriced, type UnpricedRequest } from '../domain/runs/list-unpriced.ts'
import { isOpen } from '../domain/runs/run.ts'

/** What is known now of a request whose cost was unknown. */
export interface SettledRequest extends UnpricedRequest {
  readonly costUsd: number | null
  /** Why it stays unknown; null if it does not. */
  readonly reason: string | null
}

interface Settling {
  /** Undefined if the provider cannot be asked. */
  readonly asker: CostAsker | undefined
  /** The provider's name for people. */
  readonly title: string
  readonly now: () => Date
}

const askedTogether = 4

/** A record of a call that ended longer ago than this would be there. */
const lateRecordMs = 10 * 60_000

/**
 * Asks the provider what requests have cost whose cost is unknown, and writes what it says into the ledger. Nothing is asked of a
 * model, and nothing that was known changes. A request that may still be in flight is left alone.
 */
export async function settleRun(folder: RunFolder, { asker, title, now }: Settling): Promise<SettledRequest[]> {
  const open = isOpen((await folder.readState()).state)
  let lasting: string | undefined
  const look = async ({ accepted, sent }: UnpricedRequest): Promise<FoundCost> => {
    const unknown = (reason: string): FoundCost => ({ found: false, reason, isLasting: false })
    if (accepted === undefined) return unknown(`${title} had not named the call`)
    if (asker === undefined) return unknown(`${title} cannot be asked what a call has cost`)
    // A batch has a name of its own, and its lines none.
    if (accepted.by === 'batch') return unknown('it is a line of a batch')
    if (lasting !== undefined) return unknown(lasting)
    return asker.ask(accepted.provider_id, now().getTime() - Date.parse(sent.at) < lateRecordMs)
  }
  return mapConcurrently(listUnpriced(await folder.readLedger(), open), askedTogether, async (unpriced) => {
    const cost = await look(unpriced)
    if (!cost.found) {
      if (cost.isLasting) lasting = cost.reason
      return { ...unpriced, costUsd: null, reason: cost.reason }
    }
    const { request, answer } = unpriced.sent
    const { promptTokens: prompt_tokens, completionTokens: completion_tokens } = cost.usage
    await folder.appendLedger({
      type: 'settled',
      request,
      answer,
      at: now().toISOString(),
      fate: 'failed',
      late: true,
      cost_usd: cost.costUsd,
      usage: { prompt_tokens, completion_tokens },
      reason: `${title} said later what it had cost`,
    })
    return { ...unpriced, costUsd: cost.costUsd, reason: null }
  })
}
