import { measureWidth } from './display-width.ts'

/**
 * Breaks lines that are longer than a terminal is wide between words, and lines up what follows: under the value of `Name   value`,
 * under the text of `- item`, else under the line's own start. A word that is longer than a line stays whole, so that an id or a
 * path can be copied.
 */
export function wrapText(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => (measureWidth(line) <= columns ? [line] : wrapLine(line, columns)))
    .join('\n')
}

function wrapLine(line: string, columns: number): string[] {
  const [start = ''] = /^\s*(?:- |\S(?:.*?\S)??\s{2,})?/.exec(line) ?? []
  // A name that takes more than half of the line leaves no room beside it.
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
