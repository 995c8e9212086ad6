import { renderDuration } from '../format.ts'
import type { WorkerLoad } from './worker-load.ts'

/** What the pace of runs is limited by. */
export interface Bottleneck {
  readonly kind: 'processor' | 'disk' | 'sandbox' | 'temporal' | 'gate' | 'provider'
  /** After `limited by`: `the sandbox`. */
  readonly name: string
  /** The numbers that say so, and what helps where something does. */
  readonly words: string
}

/** Above these a part is slow for everything that passes it, whatever the provider does. */
const tooBusy = 0.95
const slowTimerSeconds = 0.25
const slowWriteSeconds = 0.5
const slowStartSeconds = 1
const fullShare = 0.9

/**
 * Names what a run waits for: us or the provider? What slows everything down comes first, so the provider is named only where
 * nothing of ours is slow.
 *
 * @returns undefined if nothing is waited for
 */
export function nameBottleneck(load: WorkerLoad): Bottleneck | undefined {
  const { busy, timerDelaySeconds, writeSeconds, programs, startSeconds, waitingAtGate, inFlight, answerSeconds } = load
  if (busy >= tooBusy || timerDelaySeconds >= slowTimerSeconds) {
    const words = `the worker is busy ${percent(busy)} of the time, and its timers are ${renderDuration(timerDelaySeconds)} late`
    return { kind: 'processor', name: 'this processor', words }
  }
  if (writeSeconds !== null && writeSeconds >= slowWriteSeconds) {
    const words = `writing a file takes ${renderDuration(writeSeconds)}`
    return { kind: 'disk', name: 'the disk', words }
  }
  const { running, places } = programs
  const programWait = startSeconds.sandbox ?? 0
  if (places > 0 && running >= fullShare * places && programWait >= slowStartSeconds) {
    const words = `all ${places} places of the sandbox are taken, and programs wait ${renderDuration(programWait)} for one`
    return { kind: 'sandbox', name: 'the sandbox', words }
  }
  const startWait = Math.max(startSeconds.runs ?? 0, startSeconds.models ?? 0)
  if (startWait >= slowStartSeconds) {
    const words = `work waits ${renderDuration(startWait)} on the Temporal server before it begins`
    return { kind: 'temporal', name: 'the Temporal server', words }
  }
  if (waitingAtGate >= 1) {
    const words = `${Math.round(waitingAtGate)} more requests wait until the provider, or a limit of the registry, allows them`
    return { kind: 'gate', name: 'the rate limit', words }
  }
  if (inFlight < 0.5) return undefined
  const each = answerSeconds === null ? '' : `, and an answer takes ${renderDuration(answerSeconds)}`
  const words = `${count(inFlight)} in flight${each}. To have more at once: --max-concurrent-tasks`
  return { kind: 'provider', name: 'the provider', words }
}

function count(inFlight: number): string {
  const requests = Math.max(1, Math.round(inFlight))
  return requests === 1 ? '1 request is' : `${requests} requests are`
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
