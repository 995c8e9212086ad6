import { isGrid, type Grid } from '../../../src/domain/grid.ts'
import { parsePackedGrid } from '../../../src/domain/pack-grid.ts'

/**
 * Reads a grid from what people paste: JSON, NumPy's or Python's way to print one, or lines of digits.
 *
 * @returns undefined where the text is no grid
 */
export function extractGrid(text: string): Grid | undefined {
  const packed = parsePackedGrid(text.trim())
  if (packed) return packed
  // A row ends with its bracket, or with its line.
  const rows = text
    .split(/\]|[\r\n]+/)
    .map((row) => row.replaceAll(/[[\],;]|array\(|\)/g, ' ').trim())
    .filter((row) => row !== '')
  // Without brackets a row of digits is a row of cells; within them it is one number.
  const isBare = !text.includes('[')
  const grid = rows.map((row) => (isBare && /^\d+$/.test(row) ? Array.from(row) : row.split(/\s+/)).map(Number))
  return isGrid(grid) ? grid : undefined
}
