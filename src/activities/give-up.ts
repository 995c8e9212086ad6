import { ApplicationFailure } from '@temporalio/activity'
import { failureTypes } from '../domain/runs/failure-types.ts'
import type { LedgerSum } from '../domain/runs/ledger.ts'

/** One request and three more: a reply that cannot be used is charged all the same, and the next is likely to be like it. */
const maxUnusableReplies = 4

/** Once so many samples got nothing else, and none of the run got an answer, the others would fare no better. */
const maxHopelessSamples = 3

/**
 * Ends a sample whose replies cannot be used, counted over all activity attempts and workers since the run was opened. Where
 * nothing was ever answered and several samples got there, the run is ended instead of paying for the rest of it.
 *
 * @param since when the run was opened; a person who resumes it wants it tried again
 * @throws {ApplicationFailure} of type `gave-up` or `stop-run`
 */
export function giveUpWhenHopeless(ledger: LedgerSum, answer: string, since: string): void {
  const { count, reason } = ledger.unusableOf(answer, since)
  if (count < maxUnusableReplies) return
  const words = `${reason}, ${count} times`
  const hopeless = ledger.stored > 0 ? 0 : ledger.countAnswersUnusable(maxUnusableReplies, since)
  if (hopeless < maxHopelessSamples) throw ApplicationFailure.nonRetryable(words, failureTypes.gaveUp)
  throw ApplicationFailure.nonRetryable(
    `${words}. So it went for ${hopeless} samples, and no request of this run was ever answered.`,
    failureTypes.stopRun,
  )
}
