import type { Grid } from '../../../src/domain/grids/grid.ts'

/*
 * Changes to grids, each returning a new grid. Unchanged rows stay the same objects, so the page draws only the changed ones.
 */

/** A cell by row and column, from 0. */
export interface Cell {
  readonly row: number
  readonly column: number
}

/** A rectangle of cells: its first row and column, and its size. */
export interface Area extends Cell {
  readonly height: number
  readonly width: number
}

export const heightOf = (grid: Grid) => grid.length
export const widthOf = (grid: Grid) => grid[0]?.length ?? 0

export function wholeArea(grid: Grid): Area {
  return { row: 0, column: 0, height: heightOf(grid), width: widthOf(grid) }
}

export function blankGrid(height: number, width: number): Grid {
  return Array.from({ length: height }, () => Array<number>(width).fill(0))
}

/** The area between two opposite corners. */
export function spanArea(a: Cell, b: Cell): Area {
  const [row, column] = [Math.min(a.row, b.row), Math.min(a.column, b.column)]
  return { row, column, height: Math.abs(a.row - b.row) + 1, width: Math.abs(a.column - b.column) + 1 }
}

export function contains(area: Area, { row, column }: Cell): boolean {
  return row >= area.row && row < area.row + area.height && column >= area.column && column < area.column + area.width
}

/** The part of an area within a grid; null if there is none. */
export function clipArea(area: Area, grid: Grid): Area | null {
  const [row, column] = [Math.max(0, area.row), Math.max(0, area.column)]
  const height = Math.min(heightOf(grid), area.row + area.height) - row
  const width = Math.min(widthOf(grid), area.column + area.width) - column
  return height > 0 && width > 0 ? { row, column, height, width } : null
}

/** The nearest cell of a grid. */
export function clampCell({ row, column }: Cell, grid: Grid): Cell {
  return {
    row: Math.min(heightOf(grid) - 1, Math.max(0, row)),
    column: Math.min(widthOf(grid) - 1, Math.max(0, column)),
  }
}

export function paintCells(grid: Grid, cells: readonly Cell[], symbol: number): Grid {
  const painted = new Map<number, number[]>()
  for (const { row, column } of cells) {
    if (grid[row]?.[column] === undefined) continue
    const line = painted.get(row) ?? [...grid[row]]
    line[column] = symbol
    painted.set(row, line)
  }
  return grid.map((line, row) => painted.get(row) ?? line)
}

export function fillArea(grid: Grid, area: Area, symbol: number): Grid {
  return paintCells(grid, listCells(area), symbol)
}

export function cutOut(grid: Grid, area: Area): Grid {
  return grid.slice(area.row, area.row + area.height).map((line) => line.slice(area.column, area.column + area.width))
}

/** Lays a piece over a grid; cells beyond the edge are lost. */
export function stamp(grid: Grid, piece: Grid, at: Cell): Grid {
  return grid.map((line, row) => {
    const over = piece[row - at.row]
    return over === undefined ? line : line.map((symbol, column) => over[column - at.column] ?? symbol)
  })
}

/** Keeps the cells in the upper left; new cells are 0. */
export function resizeGrid(grid: Grid, height: number, width: number): Grid {
  return stamp(blankGrid(height, width), grid, { row: 0, column: 0 })
}

/** Gives a symbol to a cell and to all cells of its old symbol that are connected to it side by side. */
export function floodFill(grid: Grid, from: Cell, symbol: number): Grid {
  const old = grid[from.row]?.[from.column]
  if (old === undefined || old === symbol) return grid
  const seen = grid.map((line) => line.map(() => false))
  const joined: Cell[] = []
  const open = [from]
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    const { row, column } = cell
    const line = seen[row]
    if (line?.[column] !== false || grid[row]?.[column] !== old) continue
    line[column] = true
    joined.push(cell)
    open.push(
      { row: row - 1, column },
      { row: row + 1, column },
      { row, column: column - 1 },
      { row, column: column + 1 },
    )
  }
  return paintCells(grid, joined, symbol)
}

/** The cells in a straight line from one to another, without the first: a fast pointer skips some. */
export function traceLine(from: Cell, to: Cell): Cell[] {
  const steps = Math.max(Math.abs(to.row - from.row), Math.abs(to.column - from.column))
  return Array.from({ length: steps }, (_, index) => ({
    row: Math.round(from.row + ((to.row - from.row) * (index + 1)) / steps),
    column: Math.round(from.column + ((to.column - from.column) * (index + 1)) / steps),
  }))
}

function listCells({ row, column, height, width }: Area): Cell[] {
  return Array.from({ length: height * width }, (_, index) => ({
    row: row + Math.floor(index / width),
    column: column + (index % width),
  }))
}
