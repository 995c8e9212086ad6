import { isGrid, type Grid } from '../../../src/domain/grids/grid.ts'
import { parsePackedGrid } from '../../../src/domain/grids/pack-grid.ts'

/** A list of rows as JSON, Python or NumPy prints it, anywhere in a text. */
const listOfRows = /[[(]\s*[[(][^[\]()]*[\])](?:[\s,]*[[(][^[\]()]*[\])])*[\s,]*[\])]/g

/**
 * Reads a grid from pasted text: JSON, NumPy's or Python's printed form, or lines of digits.
 *
 * @returns undefined if the text has no grid, or several
 */
export function extractGrid(text: string): Grid | undefined {
  const packed = parsePackedGrid(text.trim())
  if (packed) return packed
  const lists = text.match(listOfRows) ?? []
  if (lists.length > 1) return undefined
  // In a list, a row ends with its bracket and may span several lines.
  const rows = (lists[0]?.split(/[\])]/) ?? text.split(/[\]\r\n;]+/))
    .map((row) => row.replaceAll(/[[\](),]/g, ' ').trim())
    .filter((row) => row !== '')
  // Without brackets, each digit of a row is a cell; within them, a row of digits is one number.
  const isBare = !text.includes('[') && lists.length === 0
  const grid = rows.map((row) => (isBare && /^\d+$/.test(row) ? Array.from(row) : row.split(/\s+/)).map(Number))
  return isGrid(grid) ? grid : undefined
}
