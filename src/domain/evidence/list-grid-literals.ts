import { isGrid, type Grid } from '../grids/grid.ts'
import { maxReadLength } from './max-read-length.ts'

/** A grid written as a literal in a program. */
export interface GridLiteral {
  readonly grid: Grid
  /** Line where it starts, from 1. */
  readonly line: number
}

/** An unclosed string ends with its line or the program, so that it is not searched again from each quote in it. */
const textPattern = /"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/.source

/** Where a literal may start. Comments are matched in order to be skipped. */
const beginning = new RegExp(String.raw`#[^\n]*|${textPattern}|[[(]`, 'g')

/** Separators between the parts of a literal. */
const gap = /(?:\s|#[^\n]*|\\\n)*/y
const wholeNumber = /\d+(?![\w.])/y
const text = new RegExp(`[rRuUbB]{0,2}(?:${textPattern})`, 'y')

type Literal = number | string | readonly Literal[]

interface Parsed {
  readonly value: Literal
  /** Where it ends in the program. */
  readonly end: number
}

/**
 * Finds every grid literal in a Python program: as nested lists or tuples over any number of lines, as a list of
 * rows of digits (`["010", "111"]`), or as a string of such rows. Never throws: anything that is not a literal is skipped.
 */
export function listGridLiterals(source: string): GridLiteral[] {
  const program = source.slice(0, maxReadLength)
  const literals: GridLiteral[] = []
  let from = 0
  let line = 1
  for (;;) {
    beginning.lastIndex = from
    const match = beginning.exec(program)
    if (match === null) return literals
    const [start] = match
    const parsed = start.startsWith('#') ? undefined : parseLiteral(program, match.index)
    const grid = parsed && readGrid(parsed.value)
    line += countLineEnds(program.slice(from, match.index))
    if (grid) literals.push({ grid, line })
    // A list of grids is searched; a grid contains none, and neither does a string.
    from = grid ? parsed.end : match.index + start.length
    line += countLineEnds(program.slice(match.index, from))
  }
}

function countLineEnds(part: string): number {
  return part.split('\n').length - 1
}

/** Deeper than any list of grids; keeps a hostile program from overflowing the stack. */
const deepest = 5

function parseLiteral(program: string, start: number, depth = 0): Parsed | undefined {
  const number = matchAt(wholeNumber, program, start)
  if (number !== undefined) return { value: Number(number), end: start + number.length }
  const quoted = matchAt(text, program, start)
  if (quoted !== undefined) return { value: readText(quoted), end: start + quoted.length }
  return '[('.includes(program.charAt(start) || ' ') && depth < deepest ? parseList(program, start, depth) : undefined
}

function parseList(program: string, start: number, depth: number): Parsed | undefined {
  const parts: Literal[] = []
  for (let at = skipGap(program, start + 1); ;) {
    if (isClosing(program.charAt(at))) return { value: parts, end: at + 1 }
    const part = parseLiteral(program, at, depth + 1)
    if (part === undefined) return undefined
    parts.push(part.value)
    at = skipGap(program, part.end)
    if (program.charAt(at) === ',') at = skipGap(program, at + 1)
    else if (!isClosing(program.charAt(at))) return undefined
  }
}

function isClosing(character: string): boolean {
  return character === ']' || character === ')'
}

function matchAt(pattern: RegExp, program: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(program)?.[0]
}

function skipGap(program: string, at: number): number {
  return at + (matchAt(gap, program, at)?.length ?? 0)
}

function readText(literal: string): string {
  const [, quote = '', body = ''] = /^[a-zA-Z]*("""|'''|"|')([^]*)\1$/.exec(literal) ?? []
  return quote === '' ? '' : body.replaceAll(/\\n|\\\n/g, (escape) => (escape === '\\n' ? '\n' : ''))
}

function readGrid(value: Literal): Grid | undefined {
  const rows = typeof value === 'string' ? splitRows(value) : typeof value === 'number' ? [] : value.map(readRow)
  return isGrid(rows) ? rows : undefined
}

/** A string of one row is an ordinary string. */
function splitRows(value: string): (readonly number[] | undefined)[] {
  const rows = value.split(/[\n/|;]/).filter((row) => row.trim() !== '')
  return rows.length < 2 ? [] : rows.map(readRow)
}

function readRow(row: Literal): readonly number[] | undefined {
  if (typeof row === 'number') return undefined
  if (typeof row !== 'string') return row.every((cell) => typeof cell === 'number') ? row : undefined
  return /^[\d\s,]+$/.test(row) ? row.replaceAll(/[\s,]/g, '').split('').map(Number) : undefined
}
