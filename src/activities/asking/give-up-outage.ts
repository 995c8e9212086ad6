import { ApplicationFailure } from '@temporalio/activity'
import { renderDuration } from '../../domain/format.ts'
import { measureTryingMs } from '../../domain/runs/failure-times.ts'
import { failureTypes } from '../../domain/runs/failure-types.ts'
import type { LedgerSum } from '../../domain/runs/ledger.ts'

/** What the model answers to others it should answer to this sample, too, within this time. */
const maxTryingOfOneMs = 60 * 60_000

/** One request and two more: fewer may have failed as an outage began, while the last answers of others still came. */
const minTriesBesideAnswers = 3

/*
 * A provider that is down is waited for: an outage of a night must not end a run that has paid for three hundred answers. The
 * gate asks no more than once a minute meanwhile, and errors cost nothing. But nothing is repeated without end:
 *
 * - Where the model has answered nothing for as long as an outage may take, the run stops, and can be resumed.
 * - Where it answers others and fails one sample again and again for an hour, that sample has failed.
 *
 * Only time in which something was tried counts: not the night in which the computer slept, nor a pause.
 *
 * The ledger decides, so it is the same over workers and restarts; whoever resumes the run begins anew.
 */

/** @throws {ApplicationFailure} of type `stop-run` when nothing was answered for too long */
export function stopAtLongOutage({ failures }: LedgerSum, since: string, maxOutageMs: number): void {
  const { times, reason } = failures.sinceReply(since)
  const tryingMs = measureTryingMs(times)
  if (tryingMs < maxOutageMs) return
  throw ApplicationFailure.nonRetryable(
    `${reason.replace(/\.$/, '')}. ${times.length} requests failed within ${renderDuration(tryingMs / 1000)}, and none was answered.`,
    failureTypes.stopRun,
  )
}

/** @throws {ApplicationFailure} of type `gave-up` when this one fails again and again while others are answered */
export function giveUpBesideAnswers({ failures }: LedgerSum, answer: string, since: string, maxOutageMs: number): void {
  const { times, reason } = failures.of(answer, since)
  const beside = times.filter((at) => at < failures.lastReplyAt).length
  const tryingMs = measureTryingMs(times)
  if (beside < minTriesBesideAnswers || tryingMs < Math.min(maxTryingOfOneMs, maxOutageMs)) return
  throw ApplicationFailure.nonRetryable(
    `${reason.replace(/\.$/, '')}. ${times.length} requests for it failed within ${renderDuration(tryingMs / 1000)}, while others were answered.`,
    failureTypes.gaveUp,
  )
}
