import { listCodeBlocks } from '../list-code-blocks.ts'
import type { Token } from './list-tokens.ts'
import { splitLines } from './split-lines.ts'

/** How far from a token to look for quotes: no program has longer lines, and a text may be one endless line. */
const farthestQuote = 200

/**
 * Distinguishes tokens that a model uses from those it only mentions: quoted (`` `</think>` ``), inside a string or a comment of a
 * program, or, with `inProse`, in the middle of a sentence ("what I wrote before </think> was a draft").
 */
export function createMentionCheck(text: string) {
  let code: ((at: number) => boolean) | undefined
  return function isMention({ from, to }: Token, inProse: boolean): boolean {
    if (isQuoted(text, from, to)) return true
    if (inProse && isInSentence(text, from, to)) return true
    if (!isBetweenQuotes(text, from, to)) return false
    code ??= locateCode(text)
    return code(from)
  }
}

function isQuoted(text: string, from: number, to: number): boolean {
  const quote = text.charAt(from - 1)
  if (quote === '' || !`'"\`“`.includes(quote)) return false
  // Three backticks are a fence, and a token may be glued to it.
  if (quote === '`' && text.slice(from - 3, from) === '```') return false
  return text.charAt(to) === (quote === '“' ? '”' : quote)
}

function isInSentence(text: string, from: number, to: number): boolean {
  const before = text.slice(Math.max(0, from - 2), from)
  const after = text.slice(to, to + 2)
  return /^(?:[\p{L}\p{N},;] |.?\()$/u.test(before) && /^(?: [\p{Ll}(]|[.,;:!?)](?:\s|$))/u.test(after)
}

function isBetweenQuotes(text: string, from: number, to: number): boolean {
  const before = text.slice(Math.max(0, from - farthestQuote), from)
  const after = text.slice(to, to + farthestQuote)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const [rest = ''] = after.split('\n', 1)
  return line.includes('#') || ['"', "'"].some((quote) => line.includes(quote) && rest.includes(quote))
}

/** Whether a place is inside a closed fenced block. An unclosed draft may end with a template token. */
function locateCode(text: string): (at: number) => boolean {
  const lines = splitLines(text)
  const starts = [0]
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length + 1)
  const ranges = listCodeBlocks(lines)
    .filter(({ closed }) => closed)
    .map(({ from, to }) => [starts[from + 1] ?? 0, starts[to - 1] ?? 0] as const)
  return (at) => {
    const last = ranges[findLastNotAfter(ranges, at)]
    return last !== undefined && at < last[1]
  }
}

/** Index of the last range that begins at or before a place, by bisection; −1 if there is none. */
function findLastNotAfter(ranges: readonly (readonly [number, number])[], at: number): number {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.[0] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}
