import { findAnswerStart, splitLines } from './find-answer-start.ts'
import { findEnding } from './find-ending.ts'
import { isGrid, type Grid } from './grid.ts'
import { joinAround } from './join-around.ts'
import { listCodeBlocks } from './list-code-blocks.ts'
import type { Extraction, Reply } from './recipes/recipe.ts'

/** Rows of cells as they were written, whatever the cells are. */
type Cells = readonly (readonly string[])[]

interface Found {
  readonly cells: Cells
  readonly from: number
  readonly to: number
}

/**
 * Finds the grid in a model's answer: in its last fenced block that holds one, else in its last bracketed list of lists, else
 * in its last lines of spaced digits.
 *
 * What looks like a grid and is none (ragged, 31 wide, a cell of 10, −1, 0.5, NaN or True) is the answer all the same, and makes
 * it `unparseable`: looking further would find a grid that was shown on the way. An answer that the token limit cut gives no
 * grid, since the last one in it may be anything. What stands in an inline `<think>` part is a draft. Never throws.
 */
export function extractGrid(reply: Reply): Extraction {
  const lines = splitLines(reply.text)
  const ending = findEnding(reply)
  if (ending !== undefined) return { outcome: ending, reasoning: joinAround(lines) }
  const start = findAnswerStart(lines)
  const found = findInBlocks(lines, start) ?? findList(lines, start) ?? findDigits(lines, start)
  const grid = found && readGrid(found.cells)
  if (grid) return { outcome: 'answered', reasoning: joinAround(lines, found), grid }
  return { outcome: 'unparseable', reasoning: joinAround(lines) }
}

function findInBlocks(lines: readonly string[], start: number): Found | undefined {
  const blocks = listCodeBlocks(lines.slice(start)).reverse()
  for (const { code, from, to } of blocks) {
    const cells = readBlock(code)
    if (cells) return { cells, from: from + start, to: to + start }
  }
  return undefined
}

/** A list of lists, alone, in a field of an object, assigned to a name, or made an array; or nothing but rows. */
function readBlock(code: string): Cells | undefined {
  const text = code.trim()
  const list = wrappedList.exec(text)?.groups?.['list']
  if (list !== undefined) return readList(list)
  const rows = text.split('\n').filter((line) => line.trim() !== '')
  if (rows.length === 0) return undefined
  if (rows.every((row) => bracketedRow.test(row))) return rows.map(splitCells)
  if (rows.every((row) => denseRow.test(row))) return rows.map((row) => row.trim().split(''))
  if (rows.every((row) => spacedRow.test(row))) return rows.map(splitCells)
  return undefined
}

const listOfLists = String.raw`\[\s*\[[^[\]]*\](?:[\s,]*\[[^[\]]*\])*[\s,]*\]`
const wrappedList = new RegExp(
  String.raw`^(?:\{\s*"\w+"\s*:\s*|[\w.]+\s*=\s*)?(?:(?:np|numpy)\.)?(?:array\s*\(\s*)?(?<list>${listOfLists})[\s,)};]*$`,
)
const bracketedRow = /^\s*\[[^[\]]*\]\s*,?\s*$/
/** Numbers of any kind between spaces, commas or bars; a single one, too. */
const spacedRow = /^[\s|]*[-+]?[\d.]+(?:[\s,|]+[-+]?[\d.]+)*[\s,|]*$/
const denseRow = /^\s*\d+\s*$/

/** The last list of lists of the text. */
function findList(lines: readonly string[], start: number): Found | undefined {
  const text = lines.slice(start).join('\n')
  const match = [...text.matchAll(new RegExp(listOfLists, 'g'))].at(-1)
  if (match === undefined) return undefined
  const from = start + countLines(text.slice(0, match.index))
  return { cells: readList(match[0]), from, to: from + countLines(match[0]) + 1 }
}

/** The last lines of at least two spaced numbers each. */
function findDigits(lines: readonly string[], start: number): Found | undefined {
  const isRow = (line: string | undefined) => line !== undefined && spacedRow.test(line) && splitCells(line).length > 1
  const last = lines.findLastIndex((line, index) => index >= start && isRow(line))
  if (last < 0) return undefined
  let from = last
  while (from > start && isRow(lines[from - 1])) from -= 1
  return { cells: lines.slice(from, last + 1).map(splitCells), from, to: last + 1 }
}

function readList(text: string): Cells {
  const rows =
    text
      .trim()
      .slice(1, -1)
      .match(/\[[^[\]]*\]/g) ?? []
  return rows.map(splitCells)
}

function splitCells(row: string): string[] {
  return row.split(/[\s,|[\]]+/).filter((cell) => cell !== '')
}

/** Whole floats count as the integers they equal. */
function readGrid(cells: Cells): Grid | undefined {
  const grid = cells.map((row) => row.map((cell) => (/^\d+(?:\.0*)?$/.test(cell) ? Number(cell) : NaN)))
  return isGrid(grid) ? grid : undefined
}

function countLines(text: string): number {
  return text.split('\n').length - 1
}
