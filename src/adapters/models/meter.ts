import type { ModelFailure } from '../../domain/models/model-failure.ts'
import type { ModelLimits } from '../../domain/models/model-spec.ts'
import { afterFailure, afterSuccess, findNextEntryMs, openGate, type GateState } from './gate-rules.ts'
import type { Release } from './gate.ts'
import { beginProbe, countFailure, endOutage, endProbe, findNextProbeMs, isDown, noOutage } from './outage-rules.ts'

/** How many requests are inside and when the last ones entered, under configured limits and those learnt from the provider. */
export interface Meter {
  readonly state: GateState & { readonly inside: number }
  /** Adds these limits; of two for the same thing the smaller applies. */
  limit(limits: ModelLimits): void
  /** When the next request may enter; `Infinity` if a request must leave first. */
  findNextEntryMs(): number
  /** @returns a function to leave, which works once */
  enter(): Release
  noteFailure(failure: ModelFailure): void
  noteSuccess(): void
}

export function createMeter(nowMs: () => number): Meter {
  let limits: ModelLimits = {}
  let state = openGate(limits)
  let outage = noOutage
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
    findNextEntryMs: () => Math.max(findNextEntryMs(state, limits, inside, entries), findNextProbeMs(outage)),
    enter() {
      inside += 1
      const probes = isDown(outage)
      if (probes) outage = beginProbe(outage, nowMs())
      if (limits.requestsPerMinute !== undefined) entries = [...entries, nowMs()].slice(-limits.requestsPerMinute)
      return () => {
        inside -= 1
        if (probes) outage = endProbe(outage)
      }
    },
    noteFailure(failure) {
      state = afterFailure(state, failure, inside, nowMs())
      outage = failure.kind === 'end-sample' ? endOutage(outage) : countFailure(outage, failure, nowMs())
    },
    noteSuccess() {
      state = afterSuccess(state, limits, nowMs())
      outage = endOutage(outage)
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
