import type { ModelFailure } from '../../../../domain/models/model-failure.ts'

/** Whether one server of several answers. Pure: it holds no clock. */
export interface ServerHealth {
  /** Times in a row that it was found dead. */
  readonly failures: number
  /** It is not asked before this time. */
  readonly restsUntilMs: number
}

export const healthy: ServerHealth = { failures: 0, restsUntilMs: 0 }

/** Longer than the pauses of the server's own gate (`outage-rules.ts`): whatever is sent after a rest passes that at once. */
const firstRestMs = 5_000
const maxRestMs = 60_000

/** Refused, reset, timed out, 503 and the like. A rate limit, or one bad reply, shows that it lives. */
export function isOfDeadServer(failure: ModelFailure): boolean {
  return failure.kind === 'try-again' && (failure.because === 'no-reply' || failure.because === 'server-error')
}

/** Requests that were in flight when it died fail together, and count as one failure. */
export function afterDeath(health: ServerHealth, nowMs: number): ServerHealth {
  if (nowMs < health.restsUntilMs) return health
  return {
    failures: health.failures + 1,
    restsUntilMs: nowMs + Math.min(firstRestMs * 2 ** health.failures, maxRestMs),
  }
}
