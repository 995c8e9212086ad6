import { readAnswerText } from './answer-text/read-answer-text.ts'
import { describeNothing } from './describe-nothing.ts'
import { findEnding } from './find-ending.ts'
import { isGrid, type Grid } from '../grids/grid.ts'
import { joinAround } from './join-around.ts'
import { listCodeBlocks } from './list-code-blocks.ts'
import type { Extraction, Reply } from '../recipes/recipe.ts'

/** Rows of cells as they were written, whatever the cells are. */
type Cells = readonly (readonly string[])[]

interface Found {
  readonly cells: Cells
  readonly from: number
  readonly to: number
}

/**
 * Finds the grid in a model's answer: in its last fenced block that holds one, else in its last bracketed list of lists, else
 * in its last lines of spaced digits, which may be a table.
 *
 * What looks like a grid and is none (ragged, 31 wide, a cell of 10, −1, 0.5, NaN or True) is the answer all the same, and makes
 * it `unparseable`: looking further would find a grid that was shown on the way. An answer that the token limit cut gives no
 * grid, since the last one in it may be anything. What the model thought on the way is a draft (`readAnswerText`). Never throws.
 */
export function extractGrid(reply: Reply): Extraction {
  const answer = readAnswerText(reply.text)
  const ending = findEnding(reply)
  if (ending !== undefined) return { outcome: ending, reasoning: joinAround(answer) }
  const found = findCells(answer.lines) ?? findCells(answer.lines.map(unquote))
  const grid = found && readGrid(found.cells)
  if (grid) return { outcome: 'answered', reasoning: joinAround(answer, found), grid }
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

/** A list of lists, alone, in a field of an object, assigned to a name, or made an array; or nothing but rows. */
function readBlock(code: string): Cells | undefined {
  const text = code.trim()
  const list = wrappedList.exec(text)?.groups?.['list'] ?? (/^[[\s]*\{/.test(text) ? chooseList(text)?.[0] : undefined)
  if (list !== undefined) return readList(list)
  const rows = text.split('\n').filter((line) => line.trim() !== '' && !isTableRule(line))
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

/** What stands between the rows of a table: `|---|:-:|` in Markdown, `+---+---+` in what databases print. */
function isTableRule(line: string): boolean {
  return /^[\s|:+=-]+$/.test(line) && /[|+]/.test(line) && line.includes('-')
}

function findList(lines: readonly string[]): Found | undefined {
  const text = lines.join('\n')
  const match = chooseList(text)
  if (match === undefined) return undefined
  const from = countLines(text.slice(0, match.index))
  return { cells: readList(match[0]), from, to: from + countLines(match[0]) + 1 }
}

/** The last list of lists of a text; the first of several attempts, since one is asked for, and never what is named an input. */
function chooseList(text: string): RegExpExecArray | undefined {
  const lists = [...text.matchAll(new RegExp(listOfLists, 'g'))].map((match) => ({
    match,
    name: nameList(text, match),
  }))
  let chosen = lists.at(-1)
  if (chosen === undefined) return undefined
  if (inputName.test(chosen.name)) chosen = lists.findLast(({ name }) => outputName.test(name)) ?? chosen
  const [, stem] = numberedName.exec(chosen.name) ?? []
  if (stem === undefined) return chosen.match
  for (const list of lists.slice(0, lists.indexOf(chosen)).reverse()) {
    if (numberedName.exec(list.name)?.[1] !== stem) break
    chosen = list
  }
  return chosen.match
}

const inputName = /^(?:test_?)?inputs?$/
const outputName = /^(?:(?:test_?)?outputs?|answer|prediction|solution)$/
const numberedName = /^(attempt|guess|prediction|candidate|option)_?\d$/

/** The key or the name that a list is given, in lower case: `"attempt_1": [[`, `output = [[`. */
function nameList(text: string, { index }: RegExpExecArray): string {
  const before = text.slice(Math.max(0, index - 40), index)
  return /(?<name>\w+)["']?\s*[:=]\s*$/.exec(before)?.groups?.['name']?.toLowerCase() ?? ''
}

/** The last lines of at least two spaced numbers each, over the rules of a table. */
function findDigits(lines: readonly string[]): Found | undefined {
  const isRow = (line: string | undefined) => line !== undefined && spacedRow.test(line) && splitCells(line).length > 1
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
