import type { ModelFailure } from '../../domain/model-failure.ts'
import type { ModelLimits } from '../../domain/model-spec.ts'
import { afterFailure, afterSuccess, findNextEntryMs, openGate, type GateState } from './gate-rules.ts'

/** Makes room for the next. Once is enough; more often does no harm. */
export type Release = () => void

/** What everyone in a worker who asks the same provider passes through, one at a time and in order. */
export interface Gate {
  /**
   * Resolves when a request may be sent.
   *
   * @throws the signal's reason when it is aborted first; the place in the queue is free at once.
   */
  enter(signal: AbortSignal): Promise<Release>
  /** To be told between entering and leaving. */
  noteFailure(failure: ModelFailure): void
  noteSuccess(): void
  /** How many wait. */
  readonly waiting: number
  /** For heartbeats and people. */
  readonly state: GateState & { readonly inside: number }
}

export interface GateOptions extends ModelLimits {
  readonly nowMs?: () => number
  /** Runs something later; returns how to call it off. */
  readonly schedule?: (run: () => void, delayMs: number) => () => void
}

export function createGate(options: GateOptions = {}): Gate {
  const { nowMs = Date.now, schedule = scheduleByTimer } = options
  const queue: (() => void)[] = []
  let state = openGate(options)
  let inside = 0
  let entries: number[] = []
  let callOff = () => {}

  function admit(): void {
    callOff()
    callOff = () => {}
    while (queue.length > 0) {
      const next = findNextEntryMs(state, options, inside, entries)
      const waitMs = next - nowMs()
      if (waitMs > 0) {
        if (next !== Infinity) callOff = schedule(admit, waitMs)
        return
      }
      inside += 1
      if (options.requestsPerMinute !== undefined) entries = [...entries, nowMs()].slice(-options.requestsPerMinute)
      queue.shift()?.()
    }
  }

  function createRelease(): Release {
    let left = false
    return () => {
      if (left) return
      left = true
      inside -= 1
      admit()
    }
  }

  return {
    enter: (signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error) // whatever the reason is, it is the caller's own
        const turn = () => {
          signal.removeEventListener('abort', giveUp)
          resolve(createRelease())
        }
        const giveUp = () => {
          queue.splice(queue.indexOf(turn), 1)
          admit()
          reject(signal.reason as Error)
        }
        signal.addEventListener('abort', giveUp, { once: true })
        queue.push(turn)
        admit()
      }),
    noteFailure(failure) {
      state = afterFailure(state, failure, inside, nowMs())
      admit()
    },
    noteSuccess() {
      state = afterSuccess(state, options, nowMs())
      admit()
    },
    get waiting() {
      return queue.length
    },
    get state() {
      return { ...state, inside }
    },
  }
}

function scheduleByTimer(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}
