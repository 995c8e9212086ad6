import { trimBasePath } from '../../domain/models/explain-address.ts'
import type { FailedRequest } from '../../domain/models/model-failure.ts'
import type { CallPlace } from '../../domain/providers/provider.ts'

/**
 * Joins a path to the base URL, without what people often copy along with it.
 *
 * @param place of one call, below the path
 */
export function joinUrl(baseUrl: string, path: string, place?: CallPlace): string {
  if (!URL.canParse(baseUrl)) return baseUrl + path
  const url = new URL(baseUrl)
  url.pathname = trimBasePath(url.pathname, path) + path + (place?.suffix ?? '')
  for (const [name, value] of Object.entries(place?.query ?? {})) url.searchParams.append(name, value)
  return url.href
}

/** Where a request went, as messages show it: without a password or a query. */
export function showAddress(url: string, path: string): Pick<FailedRequest, 'address' | 'path'> {
  if (!URL.canParse(url)) return {}
  const { origin, pathname } = new URL(url)
  return { address: origin + pathname, path }
}
