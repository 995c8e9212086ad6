import type { ModelFailure } from '../../domain/models/model-failure.ts'
import type { ModelLimits } from '../../domain/models/model-spec.ts'
import { afterFailure, afterSuccess, findNextEntryMs, openGate, type GateState } from './gate-rules.ts'

/** Who is inside and who entered when, under limits that were set and limits that the provider taught. */
export interface Meter {
  readonly state: GateState & { readonly inside: number }
  /** Holds these limits too: of two for the same the smaller holds. */
  limit(limits: ModelLimits): void
  /** When the next one may enter; `Infinity` where somebody has to leave first. */
  findNextEntryMs(): number
  enter(): void
  leave(): void
  noteFailure(failure: ModelFailure): void
  noteSuccess(): void
}

export function createMeter(nowMs: () => number): Meter {
  let limits: ModelLimits = {}
  let state = openGate(limits)
  let inside = 0
  let entries: number[] = []
  return {
    get state() {
      return { ...state, inside }
    },
    limit(more) {
      limits = smaller(limits, more)
      state = { ...state, allowed: Math.min(state.allowed, limits.concurrentRequests ?? Infinity) }
    },
    findNextEntryMs: () => findNextEntryMs(state, limits, inside, entries),
    enter() {
      inside += 1
      if (limits.requestsPerMinute !== undefined) entries = [...entries, nowMs()].slice(-limits.requestsPerMinute)
    },
    leave() {
      inside -= 1
    },
    noteFailure(failure) {
      state = afterFailure(state, failure, inside, nowMs())
    },
    noteSuccess() {
      state = afterSuccess(state, limits, nowMs())
    },
  }
}

function smaller(a: ModelLimits, b: ModelLimits): ModelLimits {
  const requestsPerMinute = Math.min(a.requestsPerMinute ?? Infinity, b.requestsPerMinute ?? Infinity)
  const concurrentRequests = Math.min(a.concurrentRequests ?? Infinity, b.concurrentRequests ?? Infinity)
  return {
    ...(requestsPerMinute !== Infinity && { requestsPerMinute }),
    ...(concurrentRequests !== Infinity && { concurrentRequests }),
  }
}
