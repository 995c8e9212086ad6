import type { Answer } from '../../domain/answers/answer.ts'
import type { CallControl } from '../watch-control.ts'

/** A call under way that more than one activity attempt may wait for. */
export interface SharedCall {
  join(control: CallControl): Promise<Answer>
}

/**
 * Starts a call with its first joiner and lets later ones join it: an attempt that the server lost count of is followed by
 * another while its call goes on. Whichever of them is told to end ends the call.
 */
export function shareCall(buy: (control: CallControl) => Promise<Answer>): SharedCall {
  const call = new AbortController()
  const sending = new AbortController()
  let under: Promise<Answer> | undefined
  return {
    join(control) {
      passOn(control.signal, call)
      passOn(control.beforeSending, sending)
      under ??= buy({ ...control, signal: call.signal, beforeSending: sending.signal })
      return under
    },
  }
}

function passOn(signal: AbortSignal, controller: AbortController): void {
  const abort = () => controller.abort(signal.reason)
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
}
