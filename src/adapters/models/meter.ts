import type { ModelFailure } from '../../domain/models/model-failure.ts'
import type { ModelLimits } from '../../domain/models/model-spec.ts'
import { afterFailure, afterSuccess, findNextEntryMs, openGate, type GateState } from './gate-rules.ts'
import type { Release } from './gate.ts'
import { beginProbe, countFailure, endOutage, endProbe, findNextProbeMs, isDown, noOutage } from './outage-rules.ts'

/** Who is inside and who entered when, under limits that were set and limits that the provider taught. */
export interface Meter {
  readonly state: GateState & { readonly inside: number }
  /** Holds these limits too: of two for the same the smaller holds. */
  limit(limits: ModelLimits): void
  /** When the next one may enter; `Infinity` where somebody has to leave first. */
  findNextEntryMs(): number
  /** @returns how to leave, once */
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
