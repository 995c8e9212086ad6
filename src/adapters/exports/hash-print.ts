import { createHash } from 'node:crypto'

/** This many bytes of a SHA-256: a million tasks share on average less than one with a set of 400 by chance. */
const printBytes = 6

/** Characters of a print. */
export const printLength = 8

/** The print of a text: 48 bits in base64url. */
export function hashPrint(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, printBytes).toString('base64url')
}
