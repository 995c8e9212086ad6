import { isGrid, type Grid } from '../../../src/domain/grids/grid.ts'
import { parsePackedGrid } from '../../../src/domain/grids/pack-grid.ts'

/** A list of rows as JSON, Python and NumPy write one, wherever it stands in a text. */
const listOfRows = /[[(]\s*[[(][^[\]()]*[\])](?:[\s,]*[[(][^[\]()]*[\])])*[\s,]*[\])]/g

/**
 * Reads a grid from what people paste: JSON, NumPy's or Python's way to print one, or lines of digits.
 *
 * @returns undefined where the text is no grid, or has several
 */
export function extractGrid(text: string): Grid | undefined {
  const packed = parsePackedGrid(text.trim())
  if (packed) return packed
  const lists = text.match(listOfRows) ?? []
  if (lists.length > 1) return undefined
  // In a list a row ends with its bracket, and may have several lines.
  const rows = (lists[0]?.split(/[\])]/) ?? text.split(/[\]\r\n;]+/))
    .map((row) => row.replaceAll(/[[\](),]/g, ' ').trim())
    .filter((row) => row !== '')
  // Without brackets a row of digits is a row of cells; within them it is one number.
  const isBare = !text.includes('[') && lists.length === 0
  const grid = rows.map((row) => (isBare && /^\d+$/.test(row) ? Array.from(row) : row.split(/\s+/)).map(Number))
  return isGrid(grid) ? grid : undefined
}
