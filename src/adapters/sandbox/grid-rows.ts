import { maxSide, type Grid } from '../../domain/grids/grid.ts'

/*
 * How grids travel between the worker and a zygote: each row as a string of digits. Compared with JSON numbers, a program gets
 * its lists earlier, by a twentieth of its whole time.
 */

const zero = '0'.charCodeAt(0)
const row = new RegExp(`^[0-9]{1,${maxSide}}$`)

export function renderRows(grid: Grid): string[] {
  return grid.map((row) => row.join(''))
}

/**
 * @param value what a program claims to be a grid
 * @returns undefined when it is not one
 */
export function parseRows(value: unknown): Grid | undefined {
  if (!Array.isArray(value) || value.length < 1 || value.length > maxSide || !value.every(isRow)) return undefined
  return value.every(({ length }) => length === value[0]?.length) ? value.map(readCells) : undefined
}

function isRow(value: unknown): value is string {
  return typeof value === 'string' && row.test(value)
}

function readCells(row: string): number[] {
  const cells: number[] = []
  for (let x = 0; x < row.length; x += 1) cells.push(row.charCodeAt(x) - zero)
  return cells
}
