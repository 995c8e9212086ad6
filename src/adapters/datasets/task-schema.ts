import { z } from 'zod'
import { largestSide } from '../../domain/grid.ts'

const side = `from 1 to ${largestSide}`

const symbolSchema = z.int({ error: 'a cell is an integer from 0 to 9' }).min(0).max(9)

const gridSchema = z
  .array(
    z
      .array(symbolSchema, { error: 'a row is a list of integers' })
      .min(1, { error: `a row has ${side} cells; this one has none` })
      .max(largestSide, { error: (issue) => `a row has ${side} cells; this one has ${lengthOf(issue.input)}` }),
    { error: 'a grid is a list of rows' },
  )
  .min(1, { error: `a grid has ${side} rows; this one has none` })
  .max(largestSide, { error: (issue) => `a grid has ${side} rows; this one has ${lengthOf(issue.input)}` })
  .refine((rows) => rows.every((row) => row.length === rows[0]?.length), {
    error: (issue) => `all rows are equally long; these have ${listLengths(issue.input)} cells`,
  })

const pairSchema = z.looseObject(
  { input: gridSchema, output: gridSchema },
  { error: 'a pair is an object with `input` and `output`' },
)

/** One task file in the ARC format (github.com/fchollet/ARC-AGI). Fields it does not know are kept. */
export const taskSchema = z.looseObject(
  {
    train: z
      .array(pairSchema, { error: 'a list of pairs is needed' })
      .min(1, { error: 'at least one train pair is needed' }),
    test: z
      .array(pairSchema, { error: 'a list of pairs is needed' })
      .min(1, { error: 'at least one test pair is needed' }),
  },
  { error: 'a task is needed, an object with `train` and `test`' },
)

/** One entry of `dataset.json`: a task in one of its versions. What its transforms say is for the domain to read. */
export const datasetEntrySchema = z.looseObject({
  task_id: z.string({ error: 'a task id is needed' }).min(1, { error: 'a task id is needed' }),
  version: z
    .int({ error: 'a version is a whole number from 0' })
    .min(0, { error: 'a version is a whole number from 0' })
    .default(0),
  ...taskSchema.shape,
  signed_by: z.array(z.string(), { error: 'a list of names is needed' }).default([]),
  derived_from: z
    .looseObject({ version: z.int().min(0), transforms: z.array(z.unknown()) }, { error: 'an object is needed' })
    .optional(),
})

export const datasetSchema = z.array(datasetEntrySchema, { error: 'a list of tasks is needed' })

function lengthOf(input: unknown): number {
  return Array.isArray(input) ? input.length : 0
}

function listLengths(rows: unknown): string {
  const lengths = Array.isArray(rows) ? rows.map(lengthOf) : []
  return [...new Set(lengths)].join(' and ')
}
