import { count } from '../../../domain/count.ts'

const quotes = new Map([
  ['"', 'a quotation mark'],
  ["'", 'a quotation mark'],
  ['`', 'a backtick'],
])
const typographic = /[\u2018-\u201F\u00AB\u00BB\u2039\u203A]/

/**
 * Why a key cannot be sent as it is, without showing any of it. Keys are printable ASCII without spaces; other characters come
 * from copying, and would fail deep in HTTP, or as a wrong key.
 *
 * @returns undefined for a key without a flaw
 */
export function findKeyFlaw(key: string): string | undefined {
  const letters = Array.from(key)
  if (/^bearer\s/i.test(key)) return 'it begins with the word Bearer, which Arcloom adds itself: leave it out'
  const at = letters.findIndex((letter) => !/[\x21-\x7E]/.test(letter))
  if (at >= 0) return `it has ${nameLetter(letters[at] ?? '')} ${place(at, letters.length)}: copy it again without that`
  const quoted = [0, letters.length - 1].find((index) => quotes.has(letters[index] ?? ''))
  if (quoted === undefined) return undefined
  return `it has ${quotes.get(letters[quoted] ?? '')} ${place(quoted, letters.length)}: copy it again without that`
}

function nameLetter(letter: string): string {
  if (/[\n\r\u2028\u2029]/.test(letter)) return 'a line break'
  if (letter === ' ' || letter === '\t') return 'a space'
  const code = `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  if (typographic.test(letter)) return `the typographic quotation mark ${letter} (${code})`
  return `the character ${code}, which no key has,`
}

function place(at: number, length: number): string {
  if (at === 0) return 'at its start'
  return at === length - 1 ? 'at its end' : `after ${count(at, 'character')}`
}
