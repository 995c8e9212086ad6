import type { ReadLedgerLine } from '../runs/ledger-lines.ts'
import { generalizeReason } from './generalize-reason.ts'
import { isPromptTooLong } from './model-failure.ts'

export interface CommonRejection {
  /** The provider's words. */
  readonly reason: string
  /** Keys of the answers that were rejected with them. */
  readonly answers: readonly string[]
}

/**
 * The rejection common to everything that was asked, if there is one.
 *
 * @param since ISO 8601: when the run was last opened. The causes of earlier rejections may have been fixed since;
 *   an answer counts whenever it came.
 * @returns undefined as soon as a single request was answered, or two were rejected with different words
 */
export function findCommonRejection(lines: Iterable<ReadLedgerLine>, since: string): CommonRejection | undefined {
  const answers = new Set<string>()
  let reason: string | undefined
  for (const line of lines) {
    if (line.type !== 'settled' || line.fate === 'failed') continue
    if (line.fate === 'stored') return undefined
    if (line.at < since || line.reason === undefined) continue
    reason ??= line.reason
    if (nameCause(line.reason) !== nameCause(reason)) return undefined
    answers.add(line.answer)
  }
  return reason === undefined ? undefined : { reason, answers: [...answers] }
}

/** Each prompt that is too long is told its own length. */
function nameCause(reason: string): string {
  return isPromptTooLong(reason) ? 'too long' : generalizeReason(reason)
}
