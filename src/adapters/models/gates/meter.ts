import type { ModelFailure } from '../../../domain/models/model-failure.ts'
import type { ModelLimits } from '../../../domain/models/model-spec.ts'
import { amountOf, type CountedKind, type RateLimit, type RequestSize } from '../../../domain/models/rate-limit.ts'
import { chooseNewer, findAnnouncedRoom, type Announced } from './announced-rules.ts'
import { afterFailure, afterSuccess, openGate, paceNext, type GateState } from './gate-rules.ts'
import { longestWait, type GateWait } from './gate-wait.ts'
import { dropOld, findRoomForRequest, findRoomForTokens, sumTokens, type Entered } from './minute-rules.ts'
import { beginProbe, countFailure, endOutage, endProbe, findNextProbeMs, isDown, noOutage } from './outage-rules.ts'
import { createPart, type Part } from './part.ts'
import type { Amounts } from './share-rules.ts'

/** How many requests are inside and when the last ones entered, under configured limits and those learnt from the provider. */
export interface Meter extends Part {
  readonly state: GateState & { readonly inside: number }
  /** What counts against configured limits now. */
  readonly used: Amounts
  /** Adds these limits; of two for the same thing the smaller applies. */
  limit(limits: ModelLimits): void
  findWait(size: RequestSize): GateWait
  enter(size: RequestSize): MeteredRequest
  /** Holds requests back until then: another worker of the key was told so. */
  pause(untilMs: number): void
}

/** A request that was let in. */
export interface MeteredRequest {
  /** Works once. */
  leave(): void
  noteFailure(failure: ModelFailure): void
  noteSuccess(): void
  /** What the provider said about its limits with the reply. */
  read(limits: readonly RateLimit[]): void
  /** What the request took, if that differs from the estimate. */
  correct(size: RequestSize): void
}

const acceptedWithinMs = 1_000

/** @param isShared whether its configured limits hold for several workers together, so that each has a part of them */
export function createMeter(nowMs: () => number, isShared: boolean): Meter {
  const part = createPart(isShared)
  let state = openGate({})
  let outage = noOutage
  let inside = 0
  let nextByPaceMs = 0
  const announced = new Map<CountedKind, Announced>()
  const taken = new Map<CountedKind, number>()
  const takenOf = (kind: CountedKind) => taken.get(kind) ?? 0
  /** Those of the last minute, if a limit counts them. */
  const minute: Entered[] = []
  /** Those of the last second that were not refused. */
  let accepted: Entered[] = []

  function forgetOld(): void {
    const now = nowMs()
    dropOld(minute, now)
    accepted = accepted.filter(({ atMs }) => atMs > now - acceptedWithinMs)
  }

  return {
    share(held, sharers) {
      part.share(held, sharers)
    },
    get limits() {
      return part.limits
    },
    get held() {
      return part.held
    },
    get allows() {
      return part.allows
    },
    get state() {
      return { ...state, inside }
    },
    get used() {
      dropOld(minute, nowMs())
      return { concurrentRequests: inside, requestsPerMinute: minute.length, tokensPerMinute: sumTokens(minute) }
    },
    limit(more) {
      part.limit(more)
      state = { ...state, allowed: Math.min(state.allowed, part.limits.concurrentRequests ?? Infinity) }
    },
    findWait(size) {
      forgetOld()
      return longestWait([
        part.findWait(inside),
        { atMs: inside >= Math.floor(state.allowed) ? Infinity : 0, why: 'places' },
        { atMs: state.pausedUntilMs, why: state.pauseWasAsked ? 'asked' : 'refused' },
        { atMs: findNextProbeMs(outage), why: 'probe' },
        findRoomForRequest(minute, part.allows.requestsPerMinute),
        findRoomForTokens(minute, amountOf('tokens', size), part.allows.tokensPerMinute),
        ...[...announced].map(([kind, each]) =>
          findAnnouncedRoom(each, amountOf(kind, size), takenOf(kind), part.sharers),
        ),
        { atMs: nextByPaceMs, why: 'pace' },
      ])
    },
    enter(size) {
      const entry: Entered = { atMs: nowMs(), tokens: amountOf('tokens', size) }
      inside += 1
      nextByPaceMs = paceNext(state, nextByPaceMs, entry.atMs)
      const probes = isDown(outage)
      if (probes) outage = beginProbe(outage, entry.atMs)
      const { requestsPerMinute, tokensPerMinute } = part.limits
      if (requestsPerMinute !== undefined || tokensPerMinute !== undefined) minute.push(entry)
      accepted.push(entry)
      for (const kind of countedKinds) taken.set(kind, takenOf(kind) + amountOf(kind, size))
      const takenBefore = new Map(taken)
      let isInside = true
      return {
        leave() {
          if (!isInside) return
          isInside = false
          inside -= 1
          if (probes) outage = endProbe(outage)
        },
        noteFailure(failure) {
          accepted = accepted.filter((each) => each !== entry)
          forgetOld()
          state = afterFailure(state, failure, { inside, accepted: accepted.length }, nowMs())
          outage = failure.kind === 'end-sample' ? endOutage(outage) : countFailure(outage, failure, nowMs())
        },
        noteSuccess() {
          state = afterSuccess(state, part.limits, nowMs())
          outage = endOutage(outage)
        },
        read(limits) {
          for (const limit of limits) {
            const said = { limit, readAtMs: nowMs(), takenBefore: takenBefore.get(limit.counts) ?? 0 }
            announced.set(limit.counts, chooseNewer(announced.get(limit.counts), said))
          }
        },
        correct(took) {
          entry.tokens = amountOf('tokens', took)
        },
      }
    },
    pause(untilMs) {
      if (untilMs > state.pausedUntilMs) state = { ...state, pausedUntilMs: untilMs, pauseWasAsked: true }
    },
  }
}

const countedKinds: readonly CountedKind[] = ['requests', 'tokens', 'input-tokens', 'output-tokens']
