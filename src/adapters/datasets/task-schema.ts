import { z } from 'zod'
import { maxSide } from '../../domain/grids/grid.ts'

const side = `from 1 to ${maxSide}`

const symbolSchema = z.int({ error: 'a cell is an integer from 0 to 9' }).min(0).max(9)

const rowSchema = z
  .array(symbolSchema, { error: 'a row is a list of integers' })
  .min(1, { error: `a row has ${side} cells; this one has none` })
  .max(maxSide, { error: (issue) => `a row has ${side} cells; this one has ${lengthOf(issue.input)}` })

function createGridSchema(rule = 'a grid is a list of rows') {
  return z
    .array(rowSchema, { error: rule })
    .min(1, { error: `a grid has ${side} rows; this one has none` })
    .max(maxSide, { error: (issue) => `a grid has ${side} rows; this one has ${lengthOf(issue.input)}` })
    .refine((rows) => rows.every((row) => row.length === rows[0]?.length), {
      error: (issue) => `all rows must have the same length; these have ${listLengths(issue.input)} cells`,
    })
}

function createTaskSchema<Output extends z.ZodType>(testOutput: Output) {
  const createPairsSchema = <Part extends z.ZodType>(which: string, output: Part) =>
    z
      .array(
        z.looseObject(
          { input: createGridSchema(), output },
          { error: 'a pair is an object with `input` and `output`' },
        ),
        { error: 'must be a list of pairs' },
      )
      .min(1, { error: `must have at least one ${which} pair` })
  return z.looseObject(
    { train: createPairsSchema('train', createGridSchema()), test: createPairsSchema('test', testOutput) },
    { error: 'must be a task, an object with `train` and `test`' },
  )
}

/** One task file in the ARC format (github.com/fchollet/ARC-AGI). Unknown fields are kept. */
export const taskSchema = createTaskSchema(
  createGridSchema('must be the output of a test pair, a list of rows: without it nothing can be scored'),
)

/** The same, but outputs of test pairs may be missing, as in sets whose solutions are withheld. */
export const posedTaskSchema = createTaskSchema(createGridSchema().nullable().default(null))

/** One entry of `dataset.json`: a task in one of its versions. The domain checks its transforms. */
function createEntrySchema<Shape extends z.ZodRawShape>({ shape }: z.ZodObject<Shape>) {
  return z.looseObject({
    task_id: z.string({ error: 'must be a task id' }).min(1, { error: 'must be a task id' }),
    version: z
      .int({ error: 'a version is a whole number from 0' })
      .min(0, { error: 'a version is a whole number from 0' })
      .default(0),
    ...shape,
    signed_by: z.array(z.string(), { error: 'must be a list of names' }).default([]),
    derived_from: z
      .looseObject({ version: z.int().min(0), transforms: z.array(z.unknown()) }, { error: 'must be an object' })
      .optional(),
  })
}

const datasetEntrySchema = createEntrySchema(taskSchema)
export const posedEntrySchema = createEntrySchema(posedTaskSchema)

const listRule = { error: 'must be a list of tasks' }
export const datasetSchema = z.array(datasetEntrySchema, listRule)
export const posedDatasetSchema = z.array(posedEntrySchema, listRule)

function lengthOf(input: unknown): number {
  return Array.isArray(input) ? input.length : 0
}

function listLengths(rows: unknown): string {
  const lengths = Array.isArray(rows) ? rows.map(lengthOf) : []
  return [...new Set(lengths)].join(' and ')
}
