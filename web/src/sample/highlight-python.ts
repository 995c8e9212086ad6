import { highlightCode, tagHighlighter, tags } from '@lezer/highlight'
import { parser } from '@lezer/python'

/** A piece of a line of Python; without a kind it is plain text. */
export interface Token {
  readonly text: string
  readonly kind?: TokenKind
}

type TokenKind = 'keyword' | 'text' | 'number' | 'comment' | 'name'

/** Longer programs are not meant for people, and are shown plain. */
const maxHighlighted = 100_000

const highlighter = tagHighlighter([
  { tag: tags.comment, class: 'comment' },
  { tag: [tags.string, tags.special(tags.string)], class: 'text' },
  { tag: [tags.number, tags.bool, tags.null], class: 'number' },
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword], class: 'keyword' },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], class: 'name' },
])

/** The lines of a program as tokens. Never fails: anything that is not Python is plain text. */
export function highlightPython(program: string): Token[][] {
  if (program.length > maxHighlighted) return program.split('\n').map((text) => [{ text }])
  const lines: Token[][] = [[]]
  highlightCode(
    program,
    parser.parse(program),
    highlighter,
    (text, kind) => lines.at(-1)?.push(kind === '' ? { text } : { text, kind: kind as TokenKind }), // One of the classes above.
    () => lines.push([]),
  )
  return lines
}
