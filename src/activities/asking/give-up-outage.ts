import { ApplicationFailure } from '@temporalio/activity'
import { renderDuration } from '../../domain/format.ts'
import { measureTryingMs } from '../../domain/runs/failure-times.ts'
import { failureTypes } from '../../domain/runs/failure-types.ts'
import type { LedgerSum } from '../../domain/runs/ledger.ts'

/** If the model answers others, it should also answer this sample within this time. */
const maxTryingOfOneMs = 60 * 60_000

/** With fewer failures an outage may just have begun while the last answers to others were still arriving. */
const minTriesBesideAnswers = 3

/*
 * A run waits for a provider that is down: an outage at night must not end a run that has paid for three hundred answers. The
 * gate sends at most one request a minute meanwhile, and errors cost nothing. But nothing is repeated forever:
 *
 * - If the model has answered nothing for the maximum length of an outage, the run stops and can be resumed.
 * - If it answers others but fails one sample repeatedly for an hour, that sample has failed.
 *
 * Only time in which requests were tried counts: not a night in which the computer slept, nor a pause.
 *
 * The ledger decides, so all workers and restarts agree; resuming the run starts the clock again.
 */

/** @throws {ApplicationFailure} of type `stop-run` if nothing was answered for too long */
export function stopAtLongOutage({ failures }: LedgerSum, since: string, maxOutageMs: number): void {
  const { times, reason } = failures.sinceReply(since)
  const tryingMs = measureTryingMs(times)
  if (tryingMs < maxOutageMs) return
  throw ApplicationFailure.nonRetryable(
    `${reason.replace(/\.$/, '')}. ${times.length} requests failed within ${renderDuration(tryingMs / 1000)}, and none was answered.`,
    failureTypes.stopRun,
  )
}

/** @throws {ApplicationFailure} of type `gave-up` if this sample keeps failing while others are answered */
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
