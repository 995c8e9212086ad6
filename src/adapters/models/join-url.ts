import { trimBasePath } from '../../domain/models/explain-address.ts'

/** Joins a path to the base URL, without what people often copy along with it. */
export function joinUrl(baseUrl: string, path: string): string {
  if (!URL.canParse(baseUrl)) return baseUrl + path
  const url = new URL(baseUrl)
  url.pathname = trimBasePath(url.pathname, path) + path
  return url.href
}
