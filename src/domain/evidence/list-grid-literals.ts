import { isGrid, type Grid } from '../grid.ts'

/** A grid written out in a program's text. */
export interface GridLiteral {
  readonly grid: Grid
  /** Line of its beginning, from 1. */
  readonly line: number
}

/** What a literal is made of: brackets and commas, numbers, texts. A comment, white space or a line end is nothing. */
const token =
  /#[^\n]*|(?<text>[rRbBuUfF]{0,2}(?:"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))|(?<number>\d+)\b(?![.\w])|(?<open>[[(])|(?<close>[\])])|(?<comma>,)|(?<other>[\w.]+|[^\s])/g

interface Token {
  readonly kind: 'text' | 'number' | 'open' | 'close' | 'comma' | 'other'
  readonly text: string
  readonly at: number
}

type Literal = number | string | Literal[]

/**
 * Finds every grid that is written out in a Python program: as nested lists or tuples over any number of lines, as a list of
 * rows of digits (`["010", "111"]`), or as a text of such rows. Never throws: what is not a literal is passed over.
 */
export function listGridLiterals(program: string): GridLiteral[] {
  const tokens = listTokens(program)
  const lines = listLineStarts(program)
  const found: GridLiteral[] = []
  for (let index = 0; index < tokens.length;) {
    const start = tokens[index]
    const parsed = parseLiteral(tokens, index)
    if (start === undefined || parsed === undefined) {
      index += 1
      continue
    }
    const grid = readGrid(parsed.value)
    if (grid) found.push({ grid, line: lines.findLastIndex((from) => from <= start.at) + 1 })
    // A list of grids is looked into; a grid holds none.
    index = grid || start.kind !== 'open' ? parsed.next : index + 1
  }
  return found
}

function listTokens(program: string): Token[] {
  return [...program.matchAll(token)].flatMap(({ groups = {}, index }) => {
    const [kind, text] = Object.entries(groups).find(([, value]) => value !== undefined) ?? []
    return kind === undefined || text === undefined ? [] : [{ kind: kind as Token['kind'], text, at: index }]
  })
}

function listLineStarts(program: string): number[] {
  return [0, ...[...program.matchAll(/\n/g)].map(({ index }) => index + 1)]
}

/** Deeper than any list of grids; keeps a hostile program from using up the stack. */
const deepest = 5

function parseLiteral(
  tokens: readonly Token[],
  start: number,
  depth = 0,
): { readonly value: Literal; readonly next: number } | undefined {
  const first = tokens[start]
  if (first?.kind === 'number') return { value: Number(first.text), next: start + 1 }
  if (first?.kind === 'text') return { value: readText(first.text), next: start + 1 }
  if (first?.kind !== 'open' || depth === deepest) return undefined
  const parts: Literal[] = []
  for (let index = start + 1; ;) {
    if (tokens[index]?.kind === 'close') return { value: parts, next: index + 1 }
    const part = parseLiteral(tokens, index, depth + 1)
    if (part === undefined) return undefined
    parts.push(part.value)
    index = part.next
    if (tokens[index]?.kind === 'comma') index += 1
    else if (tokens[index]?.kind !== 'close') return undefined
  }
}

function readText(literal: string): string {
  const [, quote = '', body = ''] = /^[a-zA-Z]*("""|'''|"|')([^]*)\1$/.exec(literal) ?? []
  return quote === '' ? '' : body.replaceAll(/\\n|\\\n/g, (escape) => (escape === '\\n' ? '\n' : ''))
}

function readGrid(value: Literal): Grid | undefined {
  const rows = typeof value === 'string' ? splitRows(value) : Array.isArray(value) ? value.map(readRow) : []
  return isGrid(rows) ? rows : undefined
}

/** A text of one row is a text like any other. */
function splitRows(text: string): (number[] | undefined)[] {
  const rows = text.split(/[\n/|;]/).filter((row) => row.trim() !== '')
  return rows.length < 2 ? [] : rows.map(readRow)
}

function readRow(row: Literal): number[] | undefined {
  if (Array.isArray(row)) return row.every((cell) => typeof cell === 'number') ? row : undefined
  if (typeof row === 'number' || !/^[\d\s,]+$/.test(row)) return undefined
  return row.replaceAll(/[\s,]/g, '').split('').map(Number)
}
