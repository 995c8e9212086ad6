/** The longest side an ARC grid may have, in cells (github.com/fchollet/ARC-AGI). */
export const maxSide = 30

/** Rows of cells, each an integer symbol 0–9; 1×1 to 30×30, all rows equally long. */
export type Grid = readonly (readonly number[])[]

/** Whether two grids have the same size and the same symbol in every cell. */
export function sameGrid(a: Grid, b: Grid): boolean {
  return a.length === b.length && a.every((row, y) => sameRow(row, b[y] ?? []))
}

function sameRow(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((symbol, x) => symbol === b[x])
}

/** Whether an outside value is a grid: a rectangle of integers 0–9 within the allowed size. */
export function isGrid(value: unknown): value is Grid {
  if (!Array.isArray(value) || value.length < 1 || value.length > maxSide) return false
  const width = Array.isArray(value[0]) ? value[0].length : 0
  return width >= 1 && width <= maxSide && value.every((row) => isRow(row, width))
}

/** A plain loop, because stores have millions of cells, each checked whenever its file is read. */
function isRow(value: unknown, width: number): boolean {
  if (!Array.isArray(value) || value.length !== width) return false
  const cells: readonly unknown[] = value
  for (let x = 0; x < width; x += 1) {
    const cell = cells[x]
    if (typeof cell !== 'number' || cell < 0 || cell > 9 || (cell | 0) !== cell) return false
  }
  return true
}

/** Number of cells of `got` that are right; none if the sizes differ. */
export function countRightCells(got: Grid, expected: Grid): number {
  if (got.length !== expected.length || got[0]?.length !== expected[0]?.length) return 0
  return got.reduce((sum, row, y) => sum + row.filter((symbol, x) => symbol === expected[y]?.[x]).length, 0)
}
