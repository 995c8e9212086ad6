import type { SettledLine } from '../runs/ledger-lines.ts'
import type { Answer } from './answer.ts'

/** The ledger's line for a stored answer. Written twice, it counts once. @param at an ISO time */
export function settleAnswer({ key, ledger_request, rejected, cost_usd, usage }: Answer, at: string): SettledLine {
  return {
    type: 'settled',
    request: ledger_request,
    answer: key,
    at,
    fate: rejected === null ? 'stored' : 'rejected',
    cost_usd,
    usage,
    ...(rejected !== null && { reason: rejected }),
  }
}
