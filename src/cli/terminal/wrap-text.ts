import { measureWidth } from './display-width.ts'

/**
 * Wraps lines that are wider than the terminal between words. Continuation lines align with the value of `Name   value`,
 * with the text of `- item`, or with the line's own start. A word longer than a line stays whole, so that ids and paths can be
 * copied.
 */
export function wrapText(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => (measureWidth(line) <= columns ? [line] : wrapLine(line, columns)))
    .join('\n')
}

function wrapLine(line: string, columns: number): string[] {
  const [start = ''] = /^\s*(?:- |\S(?:.*?\S)??\s{2,})?/.exec(line) ?? []
  // A name wider than half of the line leaves no room beside it.
  const head = measureWidth(start) <= columns / 2 ? start : (/^\s*/.exec(line)?.[0] ?? '')
  const indent = ' '.repeat(measureWidth(head))
  const lines: string[] = []
  let current = ''
  for (const word of line.slice(head.length).split(/ +/)) {
    const joined = current === '' ? word : `${current} ${word}`
    if (current !== '' && indent.length + measureWidth(joined) > columns) {
      lines.push(current)
      current = word
    } else current = joined
  }
  return [...lines, current].map((each, index) => `${index === 0 ? head : indent}${each}`)
}
