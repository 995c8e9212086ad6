import { isGrid, type Grid } from '../grids/grid.ts'
import type { Extraction, Reply } from '../recipes/recipe.ts'
import { readAnswerText } from './answer-text/read-answer-text.ts'
import { describeNothing } from './describe-nothing.ts'
import { findEnding } from './find-ending.ts'
import { joinAround } from './join-around.ts'
import { listCodeBlocks } from './list-code-blocks.ts'
import { listWrittenLists, readWrittenList, type WrittenList } from './list-written-lists.ts'

/** Rows of cells as written, whatever the cells are. */
type Cells = readonly (readonly string[])[]

interface Found {
  readonly cells: Cells
  readonly from: number
  readonly to: number
}

/**
 * Finds the grid in a model's answer: in its last fenced block with one, otherwise in its last bracketed list of lists, otherwise
 * in its last lines of spaced digits, which may be a table.
 *
 * Something that looks like a grid but is invalid (ragged, 31 wide, a cell of 10, −1, 0.5, NaN or True) is still the answer, and
 * makes it `unparseable`: searching on would find a grid shown along the way. A truncated answer gives no
 * grid, since the last one in it may be anything. The model's thinking is a draft (`readAnswerText`). Never throws.
 */
export function extractGrid(reply: Reply): Extraction {
  const answer = readAnswerText(reply.text)
  const ending = findEnding(reply)
  if (ending !== undefined) return { outcome: ending, reasoning: joinAround(answer) }
  const match = findCells(answer.lines) ?? findCells(answer.lines.map(unquote))
  const grid = match && readGrid(match.cells)
  if (grid) return { outcome: 'answered', reasoning: joinAround(answer, match), grid }
  return { outcome: 'unparseable', reasoning: joinAround(answer), ...describeNothing(reply, answer) }
}

function findCells(lines: readonly string[]): Found | undefined {
  return findInBlocks(lines) ?? findList(lines) ?? findDigits(lines)
}

function unquote(line: string): string {
  return line.replace(/^\s*> ?/, '')
}

function findInBlocks(lines: readonly string[]): Found | undefined {
  for (const { code, from, to } of listCodeBlocks(lines).reverse()) {
    const cells = readBlock(code)
    if (cells) return { cells, from, to }
  }
  return undefined
}

/** A list of lists: alone, in a field of an object, assigned to a name, or made an array; or nothing but rows. */
function readBlock(code: string): Cells | undefined {
  const text = code.trim()
  const list = readWrappedList(text) ?? (/^[[\s]*\{/.test(text) ? chooseList(text) : undefined)
  if (list !== undefined) return list.rows.map(splitCells)
  const rows = text.split('\n').filter((line) => line.trim() !== '' && !isTableRule(line))
  if (rows.length === 0) return undefined
  if (rows.every((row) => bracketedRow.test(row))) return rows.map(splitCells)
  if (rows.every((row) => denseRow.test(row))) return rows.map((row) => row.trim().split(''))
  if (rows.every(isSpacedRow)) return rows.map(splitCells)
  return undefined
}

const beforeList = /^(?:\{\s*"\w+"\s*:\s*|[\w.]+\s*=\s*)?(?:(?:np|numpy)\.)?(?:array\s*\(\s*)?/
const afterList = /[\s,)};]*$/y

function readWrappedList(text: string): WrittenList | undefined {
  const list = readWrittenList(text, beforeList.exec(text)?.[0].length ?? 0)
  if (list === undefined) return undefined
  afterList.lastIndex = list.to
  return afterList.test(text) ? list : undefined
}

const bracketedRow = /^\s*\[[^[\]]*\]\s*(?:,\s*)?$/
const denseRow = /^\s*\d+\s*$/
const rowCharacters = /^[\s|]*[-+\d.][-+\d.\s,|]*$/
const number = /^[-+]?[\d.]+$/

/** Numbers of any kind, separated by spaces, commas or bars; also a single one. */
function isSpacedRow(line: string): boolean {
  return rowCharacters.test(line) && splitCells(line).every((cell) => number.test(cell))
}

/** Separators between the rows of a table: `|---|:-:|` in Markdown, `+---+---+` in database output. */
function isTableRule(line: string): boolean {
  return /^[\s|:+=-]+$/.test(line) && /[|+]/.test(line) && line.includes('-')
}

function findList(lines: readonly string[]): Found | undefined {
  const text = lines.join('\n')
  const list = chooseList(text)
  if (list === undefined) return undefined
  const from = countLines(text.slice(0, list.from))
  return { cells: list.rows.map(splitCells), from, to: from + countLines(text.slice(list.from, list.to)) + 1 }
}

/** A text's last list of lists; of several attempts the first, since one was requested; never one that is named an input. */
function chooseList(text: string): WrittenList | undefined {
  const lists = listWrittenLists(text)
  const nameOf = (list: WrittenList) => nameList(text, list)
  let choice = lists.at(-1)
  if (choice === undefined) return undefined
  if (inputName.test(nameOf(choice))) choice = lists.findLast((list) => outputName.test(nameOf(list))) ?? choice
  const [, stem] = numberedName.exec(nameOf(choice)) ?? []
  if (stem === undefined) return choice
  for (const list of lists.slice(0, lists.indexOf(choice)).reverse()) {
    if (numberedName.exec(nameOf(list))?.[1] !== stem) break
    choice = list
  }
  return choice
}

const inputName = /^(?:test_?)?inputs?$/
const outputName = /^(?:(?:test_?)?outputs?|answer|prediction|solution)$/
const numberedName = /^(attempt|guess|prediction|candidate|option)_?\d$/

/** The key or name of a list, in lower case: `"attempt_1": [[`, `output = [[`. */
function nameList(text: string, { from }: WrittenList): string {
  const before = text.slice(Math.max(0, from - 40), from)
  return /(?<name>\w+)["']?\s*[:=]\s*$/.exec(before)?.groups?.['name']?.toLowerCase() ?? ''
}

/** The last lines of at least two spaced numbers each, skipping a table's rules. */
function findDigits(lines: readonly string[]): Found | undefined {
  const isRow = (line: string | undefined) => line !== undefined && isSpacedRow(line) && splitCells(line).length > 1
  const last = lines.findLastIndex(isRow)
  if (last < 0) return undefined
  const rows: string[] = []
  let from = last
  for (let index = last; index >= 0; index -= 1) {
    const line = lines[index] ?? ''
    if (isRow(line)) {
      rows.push(line)
      from = index
    } else if (!isTableRule(line)) break
  }
  return { cells: rows.reverse().map(splitCells), from, to: last + 1 }
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
