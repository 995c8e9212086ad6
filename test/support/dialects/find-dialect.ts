import { anthropic } from './anthropic.ts'
import { chat } from './chat.ts'
import type { Dialect } from './dialect.ts'
import { responses } from './responses.ts'

/** The protocol in which a request was sent, by its path. */
export function findDialect(path: string): Dialect {
  const { pathname } = new URL(path, 'http://127.0.0.1')
  if (pathname.endsWith('/messages')) return anthropic
  return pathname.endsWith('/responses') ? responses : chat
}
