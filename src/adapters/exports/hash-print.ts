import { createHash } from 'node:crypto'

/** So many bytes of a SHA-256: by chance, a million tasks have fewer than one in common with a set of 400. */
const printBytes = 6

/** Characters of a print. */
export const printLength = 8

/** The print of a text: 48 bits in base64url. */
export function hashPrint(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, printBytes).toString('base64url')
}
