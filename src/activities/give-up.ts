import { ApplicationFailure } from '@temporalio/activity'
import { count } from '../domain/count.ts'
import { failureTypes } from '../domain/runs/failure-types.ts'
import type { LedgerSum } from '../domain/runs/ledger.ts'

/** An unusable reply is charged all the same, and the next is likely to be unusable too. */
const maxUnusableReplies = 4

/** Once this many samples in a row got nothing else, the rest would not either. If something was answered before, it may pass. */
const maxHopelessSamples = { neverAnswered: 3, answeredBefore: 10 }

/**
 * Ends a sample whose replies cannot be used, counted over all activity attempts and workers since the run was opened. If
 * several samples got there and nothing was answered meanwhile, ends the run instead of paying for the rest of it.
 *
 * @param since when the run was opened; somebody who resumes it wants another try
 * @throws {ApplicationFailure} of type `gave-up` or `stop-run`
 */
export function giveUpWhenHopeless(ledger: LedgerSum, answer: string, since: string): void {
  const { count: replies, reason } = ledger.unusableOf(answer, since)
  if (replies < maxUnusableReplies) return
  const words = `${reason}, ${count(replies, 'time')}`
  const { lastReplyAt } = ledger.failures
  const hopeless = ledger.countAnswersUnusable(maxUnusableReplies, since > lastReplyAt ? since : lastReplyAt)
  const answered = ledger.stored > 0
  const maxHopeless = answered ? maxHopelessSamples.answeredBefore : maxHopelessSamples.neverAnswered
  if (hopeless < maxHopeless) throw ApplicationFailure.nonRetryable(words, failureTypes.gaveUp)
  const meanwhile = answered ? 'nothing was answered meanwhile' : 'no request of this run was ever answered'
  throw ApplicationFailure.nonRetryable(
    `${words}. The same happened for ${count(hopeless, 'sample')}, and ${meanwhile}.`,
    failureTypes.stopRun,
  )
}
