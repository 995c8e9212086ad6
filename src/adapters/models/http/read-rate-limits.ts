import type { RateLimit } from '../../../domain/models/rate-limit.ts'
import type { Provider } from '../../../domain/providers/provider.ts'

/**
 * What a reply says about the provider's limits.
 *
 * @param body a refusal's
 * @returns undefined if it says nothing
 */
export function readRateLimits(
  provider: Pick<Provider, 'readRateLimits'>,
  headers: Headers,
  body?: unknown,
): readonly RateLimit[] | undefined {
  const limits = provider.readRateLimits?.((name) => headers.get(name), Date.now(), body) ?? []
  return limits.length === 0 ? undefined : limits
}
