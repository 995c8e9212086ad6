import { z } from 'zod'
import { isGrid, largestSide, type Grid } from '../domain/grid.ts'

/* Everything that comes from outside, checked once. */

const gridSchema = z.custom<Grid>(isGrid, {
  error: `a grid of integers 0 to 9 is needed, from 1×1 to ${largestSide}×${largestSide}, all rows equally long`,
})

const testIndexSchema = z.int({ error: 'the number of a test input, from 0, is needed' }).min(0)

export const distanceRequestSchema = z.object({
  test: testIndexSchema,
  grid: gridSchema,
  /** Also which cells differ. */
  cells: z.boolean().default(false),
})

export const submissionRequestSchema = z.object({ test: testIndexSchema, grid: gridSchema })
