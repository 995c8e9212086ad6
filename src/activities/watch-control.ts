import { ApplicationFailure, type Context } from '@temporalio/activity'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import { failureTypes } from '../domain/runs/failure-types.ts'

/** Well below the heartbeat time-out: a cancellation reaches an activity only in the reply to a heartbeat. */
const heartbeatEveryMs = 4_000
const pausePollMs = 500

/** How a call under way learns what the run wants of it. */
export interface CallControl {
  /** Aborts when the call itself has to end now. */
  readonly signal: AbortSignal
  /** Aborts when a call that was not sent yet must not be: the run is ending, gently or not. */
  readonly beforeSending: AbortSignal
  /** What the heartbeats say to people. */
  readonly say: (doing: string) => void
  /** Returns when a request may be sent; waits while the run is paused. @throws not-started when the run is being ended */
  readonly waitForLeave: () => Promise<void>
  /** Whether a request may be sent now. @throws not-started when the run is being ended */
  readonly mayBeSent: () => Promise<boolean>
  readonly close: () => void
}

/*
 * A cancellation says that an activity should end, not how. Three cases differ:
 *
 * - The run is interrupted: what is in flight is to be kept, what waits is to be let go. The run notes `ending: interrupt`
 *   in the store before it cancels anything, so the store tells this case from the next.
 * - The run is cancelled, or a person cancelled this item in Temporal's own page, or the worker's grace is over: cut.
 * - The server has lost count of this attempt (time-out, a terminated run): nobody waits for the answer, but it is paid
 *   for. Let it arrive and be stored; the next attempt joins it or finds it.
 *
 * An interruption may turn into a cancellation, which no second message brings: each heartbeat asks the store again.
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
