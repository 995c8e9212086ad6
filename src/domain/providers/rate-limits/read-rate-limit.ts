import type { CountedKind, RateLimit } from '../../models/rate-limit.ts'

/** A header's value by its name; null or undefined if there is none. */
export type ReadHeader = (name: string) => string | null | undefined

/** The three headers of one limit, if they make sense together. Azure sends -1 for what it does not know. */
export function readRateLimit(
  texts: { readonly limit: string | null | undefined; readonly remaining: string | null | undefined },
  resetAtMs: number | undefined,
  kind: { readonly counts: CountedKind; readonly refills: RateLimit['refills'] },
): RateLimit[] {
  const limit = readWhole(texts.limit)
  const remaining = readWhole(texts.remaining)
  if (limit === undefined || limit === 0 || remaining === undefined || resetAtMs === undefined) return []
  return [{ ...kind, limit, remaining: Math.min(remaining, limit), resetAtMs }]
}

function readWhole(text: string | null | undefined): number | undefined {
  return text && /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined
}
