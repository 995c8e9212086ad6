import type { Grid } from '../../domain/grids/grid.ts'
import { backgroundOf, buildGrid, cellAt, countSymbols, heightOf, widthOf } from '../grids.ts'
import { defineOperation, type Evidence } from '../operation.ts'

type Factor = number | 'number of colours' | 'number of filled cells'

/** Each cell becomes a square block. */
export const scaleUp = defineOperation<[factor: Factor]>({
  name: 'scale_up',
  python: `
def scale_up(grid, factor):
    """Each cell becomes a square block."""
    filled = grid[grid != background(grid)]
    size = {"number of colours": len(set(filled.tolist())), "number of filled cells": len(filled)}.get(factor, factor)
    return np.kron(grid, np.ones((size, size), int))`,
  apply(grid, factor) {
    const size = settleFactor(grid, factor)
    return buildGrid(heightOf(grid) * size, widthOf(grid) * size, (y, x) =>
      cellAt(grid, Math.floor(y / size), Math.floor(x / size)),
    )
  },
  words: (factor) => `Each cell becomes a square block with sides of ${factor}.`,
  cost: (factor) => (typeof factor === 'number' ? 3 : 4),
  propose: ({ train: [first] }) => {
    const ratio = first ? heightOf(first.output) / heightOf(first.input) : 1
    return ratio > 1 && Number.isInteger(ratio) ? [[ratio], ['number of colours'], ['number of filled cells']] : []
  },
  examples: [[2], [3], ['number of colours']],
})

function settleFactor(grid: Grid, factor: Factor): number {
  if (typeof factor === 'number') return factor
  const filledCounts = countSymbols(grid).filter((count, symbol) => count > 0 && symbol !== backgroundOf(grid))
  return factor === 'number of colours' ? filledCounts.length : filledCounts.reduce((sum, count) => sum + count, 0)
}

/** One cell of each square block. */
export const scaleDown = defineOperation<[factor: number]>({
  name: 'scale_down',
  python: `
def scale_down(grid, factor):
    return grid[::factor, ::factor]`,
  apply: (grid, factor) =>
    buildGrid(Math.ceil(heightOf(grid) / factor), Math.ceil(widthOf(grid) / factor), (y, x) =>
      cellAt(grid, y * factor, x * factor),
    ),
  words: (factor) => `The output has one cell for each block of ${factor} × ${factor}.`,
  cost: () => 3,
  propose: ({ train: [first] }: Evidence) => {
    const ratio = first ? heightOf(first.input) / heightOf(first.output) : 1
    return ratio > 1 && Number.isInteger(ratio) ? [[ratio]] : []
  },
  examples: [[2], [3]],
})
