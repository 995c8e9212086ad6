import type { ModelLimits } from '../../../domain/models/model-spec.ts'
import { noWait, type GateWait } from './gate-wait.ts'
import { mapAmounts, type Amounts } from './share-rules.ts'

/** This worker's part of limits that hold for several workers together. */
export interface Part {
  /** The whole limits; empty if there are none. */
  readonly limits: Amounts
  /** Undefined as long as this worker has no part of them. */
  readonly held: Amounts | undefined
  /** What may be used: all of a limit that is not shared, and nothing of one without a part. */
  readonly allows: Amounts
  /** @param sharers how many workers have a part */
  share(part: Amounts | undefined, sharers: number): void
}

interface LimitedPart extends Part {
  readonly sharers: number
  /** Adds these limits; of two for the same thing the smaller applies. */
  limit(limits: ModelLimits): void
  /** Replaces the limit of requests at once; null for none. */
  setPlaces(places: number | null): void
  /** @param inside how many requests are inside */
  findWait(inside: number): GateWait
}

export function createPart(isShared: boolean): LimitedPart {
  let limits: Amounts = {}
  let held: Amounts | undefined
  let sharers = 1
  const isLimited = () => Object.keys(limits).length > 0
  const part: LimitedPart = {
    get limits() {
      return limits
    },
    get held() {
      return held
    },
    get sharers() {
      return sharers
    },
    get allows() {
      if (!isShared || !isLimited()) return limits
      return mapAmounts(limits, (kind, limit) => Math.min(limit, held?.[kind] ?? 0))
    },
    share(next, count) {
      held = next
      sharers = count
    },
    limit(more) {
      limits = { ...limits, ...mapAmounts(more, (kind, limit) => Math.min(limit, limits[kind] ?? Infinity)) }
    },
    setPlaces(places) {
      limits = places === null ? {} : { concurrentRequests: places }
    },
    findWait(inside) {
      const { concurrentRequests = Infinity } = part.allows
      if (isShared && isLimited() && held === undefined) return { atMs: Infinity, why: 'lease' }
      return inside >= concurrentRequests ? { atMs: Infinity, why: 'places' } : noWait
    },
  }
  return part
}
