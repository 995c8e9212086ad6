import type { Answer } from '../../domain/answers/answer.ts'
import type { CallControl } from '../watch-control.ts'

/** A call in flight that several activity attempts may wait for. */
export interface SharedCall {
  join(control: CallControl): Promise<Answer>
}

/**
 * Starts a call for its first joiner and lets later ones join: if the server loses track of an attempt, another follows
 * while the call continues. The call ends when any of them is told to end.
 */
export function shareCall(buy: (control: CallControl) => Promise<Answer>): SharedCall {
  const call = new AbortController()
  const sending = new AbortController()
  const controls: CallControl[] = []
  const wasCancelled = () => controls.some((control) => control.wasCancelled())
  let under: Promise<Answer> | undefined
  return {
    join(control) {
      controls.push(control)
      passOn(control.signal, call)
      passOn(control.beforeSending, sending)
      under ??= buy({ ...control, signal: call.signal, beforeSending: sending.signal, wasCancelled })
      return under
    },
  }
}

function passOn(signal: AbortSignal, controller: AbortController): void {
  const abort = () => controller.abort(signal.reason)
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
}
