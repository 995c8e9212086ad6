import { createHash } from 'node:crypto'
import { canonicalJson } from '../../domain/canonical-json.ts'

/** SHA-256 of a text in UTF-8, in hex. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** SHA-256 of a value's canonical JSON, in hex. */
export function hashJson(value: unknown): string {
  return hashText(canonicalJson(value))
}
