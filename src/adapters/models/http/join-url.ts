import { trimBasePath } from '../../../domain/models/explain-address.ts'
import type { FailedRequest } from '../../../domain/models/model-failure.ts'
import type { CallPlace } from '../../../domain/providers/provider.ts'

/**
 * Joins a path to the base URL, without what people often copy along with it.
 *
 * @param place of one call, below the path
 */
export function joinUrl(baseUrl: string, path: string, { suffix, query }: CallPlace = { suffix: '' }): string {
  return joinOtherUrl(baseUrl, path, path + suffix, query)
}

/**
 * The same for another path of the API.
 *
 * @param requestPath of the requests for answers: the one that people copy along with the base URL
 */
export function joinOtherUrl(
  baseUrl: string,
  requestPath: string,
  path: string,
  query: CallPlace['query'] = {},
): string {
  if (!URL.canParse(baseUrl)) return baseUrl + path
  const url = new URL(baseUrl)
  url.pathname = trimBasePath(url.pathname, requestPath) + path
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value)
  return url.href
}

/** Where a request went, as messages show it: without a password or a query. */
export function showAddress(url: string, path: string): Pick<FailedRequest, 'address' | 'path'> {
  if (!URL.canParse(url)) return {}
  const { origin, pathname } = new URL(url)
  return { address: origin + pathname, path }
}
