import { ApplicationFailure, type Context } from '@temporalio/activity'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import { failureTypes } from '../domain/runs/failure-types.ts'

/** Well below the heartbeat timeout: a cancellation reaches an activity only in the reply to a heartbeat. */
const heartbeatEveryMs = 4_000
const pausePollMs = 500

/** Tells a call in flight what its run wants. */
export interface CallControl {
  /** Aborts when the call itself has to end now. */
  readonly signal: AbortSignal
  /** Aborts when a call that is not sent yet must not be: the run is ending, gracefully or not. */
  readonly beforeSending: AbortSignal
  /** Sets the message that heartbeats show to people. */
  readonly say: (doing: string) => void
  /** Returns when a request may be sent; waits while the run is paused. @throws not-started if the run is being ended */
  readonly waitForLeave: () => Promise<void>
  /** Whether a request may be sent now. @throws not-started if the run is being ended */
  readonly mayBeSent: () => Promise<boolean>
  /**
   * Whether a call that is cut off should be ended at its provider too: people cancelled it. When a worker shuts down, the call
   * goes on there, and the next worker fetches its answer.
   */
  readonly wasCancelled: () => boolean
  readonly close: () => void
}

/*
 * A cancellation says that an activity should end, but not how. Three cases differ:
 *
 * - The run is interrupted: calls in flight are kept, waiting calls give up. The run writes `ending: interrupt`
 *   to the store before it cancels anything, which distinguishes this case from the next.
 * - The run is cancelled, or a person cancelled this item in Temporal's UI, or the worker's grace period is over: cut off.
 * - The server has lost track of this attempt (timeout, a terminated run): nobody waits for the answer, but it is paid
 *   for. Let it arrive and be stored; the next attempt joins it or finds it.
 *
 * An interruption may turn into a cancellation, which sends no second message, so each heartbeat reads the store again.
 */
export function watchControl(folder: RunFolder, context: Context): CallControl {
  const call = new AbortController()
  const waiting = new AbortController()
  let doing = 'starting'

  const decide = async () => {
    const reason: unknown = context.cancellationSignal.reason
    const details = context.cancellationDetails
    const lost = details !== undefined && !details.cancelRequested && !details.workerShutdown
    waiting.abort(reason)
    if (lost) return
    const gently = details?.cancelRequested === true && (await folder.readState()).ending === 'interrupt'
    if (!gently) call.abort(reason)
  }
  const beat = () => {
    context.heartbeat(doing)
    if (context.cancellationSignal.aborted) decide().catch(() => call.abort(context.cancellationSignal.reason))
  }
  const timer = setInterval(beat, heartbeatEveryMs)
  context.cancellationSignal.addEventListener('abort', beat, { once: true })
  if (context.cancellationSignal.aborted) beat()

  const mayBeSent = async () => {
    const { state, ending } = await folder.readState()
    if (ending !== null) throw ApplicationFailure.nonRetryable('the run is ending', failureTypes.notStarted)
    waiting.signal.throwIfAborted()
    return state !== 'paused'
  }

  return {
    signal: call.signal,
    beforeSending: waiting.signal,
    say(what) {
      doing = what
    },
    mayBeSent,
    wasCancelled: () => context.cancellationDetails?.cancelRequested === true,
    async waitForLeave() {
      while (!(await mayBeSent())) {
        doing = 'paused'
        await new Promise((resolve) => setTimeout(resolve, pausePollMs))
      }
    },
    close() {
      clearInterval(timer)
      context.cancellationSignal.removeEventListener('abort', beat)
    },
  }
}
