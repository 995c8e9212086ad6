import type { Grid } from '../../domain/grids/grid.ts'
import { heightOf, widthOf } from '../grids.ts'

/** A number for every cell that does not depend on the output. */
export interface Feature {
  /** A Python expression over the array `grid`: an array of the same shape. */
  readonly call: string
  readonly words: string
  /** How far-fetched it is, roughly in bits. */
  readonly cost: number
  /** Whether its numbers are symbols, so that a rule may copy one; -1 stands for none. */
  readonly isColour: boolean
  /** Whether -1 stands for none, as it does for every colour. */
  readonly hasNone?: true
  /** One number for each cell, row by row. */
  compute(grid: Grid): Int16Array
}

/** Features that share their Python functions. */
export interface FeatureFamily {
  readonly python: string | readonly string[]
  readonly features: readonly Feature[]
}

export function computeCells(grid: Grid, cell: (y: number, x: number) => number): Int16Array {
  const [height, width] = [heightOf(grid), widthOf(grid)]
  const values = new Int16Array(height * width)
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) values[y * width + x] = cell(y, x)
  return values
}
