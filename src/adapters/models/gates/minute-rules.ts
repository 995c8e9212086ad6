import type { GateWait } from './gate-wait.ts'

/** A request that entered within the last minute. */
export interface Entered {
  readonly atMs: number
  /** As estimated, until its answer says how many they were. */
  tokens: number
}

const minuteMs = 60_000

/** Drops, in place, those that entered more than a minute ago. @param entries oldest first */
export function dropOld(entries: Entered[], nowMs: number): void {
  let old = 0
  while (old < entries.length && (entries[old]?.atMs ?? 0) <= nowMs - minuteMs) old += 1
  if (old > 0) entries.splice(0, old)
}

/** When another request fits into the limit of requests per minute. @param entries of the last minute, oldest first */
export function findRoomForRequest(entries: readonly Entered[], perMinute = Infinity): GateWait {
  if (entries.length < perMinute) return { atMs: 0, why: 'requests' }
  const leaving = entries[entries.length - perMinute]
  return { atMs: leaving === undefined ? Infinity : leaving.atMs + minuteMs, why: 'requests' }
}

/** When a request fits into the limit of tokens per minute. One that is larger than the limit waits until no other is counted. */
export function findRoomForTokens(entries: readonly Entered[], tokens: number, perMinute = Infinity): GateWait {
  if (perMinute === Infinity) return { atMs: 0, why: 'tokens' }
  if (perMinute === 0) return { atMs: Infinity, why: 'tokens' }
  let used = sumTokens(entries)
  let atMs = 0
  for (const entry of entries) {
    if (used + Math.min(tokens, perMinute) <= perMinute) break
    used -= entry.tokens
    atMs = entry.atMs + minuteMs
  }
  return { atMs, why: 'tokens' }
}

export function sumTokens(entries: readonly Entered[]): number {
  return entries.reduce((sum, { tokens }) => sum + tokens, 0)
}
