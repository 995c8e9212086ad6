import { z } from 'zod'
import { isGrid, maxSide, type Grid } from '../domain/grids/grid.ts'

/* Everything that comes from outside, checked once. */

const maxNameLength = 60
const maxTextLength = 64 * 1024
/** A trace's id contains its task's id, which may be a file name, and its author's name. */
const maxIdLength = 400

/** Without control characters and lone surrogates, which no address can contain. */
function lineOf(maxLength: number): RegExp {
  return new RegExp(`^[^\\p{Cc}\\p{Cs}]{1,${maxLength}}$`, 'u')
}

const gridSchema = z.custom<Grid>(isGrid, {
  error: `must be a grid of integers 0 to 9, from 1×1 to ${maxSide}×${maxSide}, all rows equally long`,
})

const testSchema = z.int({ error: 'must be the index of a test input, from 0' }).min(0)

const nameRule = `must be a name of 1 to ${maxNameLength} characters without line breaks`
export const personSchema = z
  .string({ error: nameRule })
  .trim()
  .regex(lineOf(maxNameLength), { error: nameRule })
  // As an object key it would be lost when the file is read again.
  .refine((name) => name !== '__proto__', { error: nameRule })

const textRule = `must be a text of 1 to ${maxTextLength} characters`
const textSchema = z
  .string({ error: textRule })
  .trim()
  .min(1, { error: textRule })
  .max(maxTextLength, { error: textRule })
  .refine((text) => text.isWellFormed(), { error: textRule })

const maxProgramLength = 200_000
const programRule = { error: `must be a program of 1 to ${maxProgramLength} characters` }
export const programRequestSchema = z.object({
  program: z
    .string(programRule)
    .min(1, programRule)
    .max(maxProgramLength, programRule)
    .refine((text) => text.isWellFormed(), programRule),
})

const idRule = (what: string) => ({ error: `must be the id of ${what}, of 1 to ${maxIdLength} characters` })
export const taskNameSchema = z.string(idRule('a task')).regex(lineOf(maxIdLength), idRule('a task'))
export const traceIdSchema = z.string(idRule('a trace')).regex(lineOf(maxIdLength), idRule('a trace'))

export const distanceRequestSchema = z.object({
  test: testSchema,
  grid: gridSchema,
  /** Whether to say which cells differ. */
  cells: z.boolean().default(false),
})

export const submissionRequestSchema = z.object({ test: testSchema, grid: gridSchema, person: personSchema })

export const personRequestSchema = z.object({ person: personSchema })

export const adoptionRequestSchema = z.object({ from: personSchema, to: personSchema })

export const newTraceSchema = z.object({
  task: taskNameSchema,
  person: personSchema,
  text: textSchema,
  version: z.int({ error: 'must be a whole number from 0' }).min(0).default(0),
})

export const traceTextSchema = z.object({ person: personSchema, text: textSchema })

export const voteSchema = z.object({
  person: personSchema,
  vote: z.literal([-1, 0, 1], { error: 'must be 1, -1, or 0 to withdraw the vote' }),
})

export const taskSamplesQuerySchema = z.object({
  task: taskNameSchema,
  version: z.string().optional(),
  steps: z.string().optional(),
})

const sampleRule = { error: 'must be a number from 0' }
export const sampleParameterSchema = z
  .string(sampleRule)
  .regex(/^\d{1,6}$/, sampleRule)
  .transform(Number)

export const taskSampleQuerySchema = taskSamplesQuerySchema.extend({
  run: z.string({ error: 'must be a run' }),
  sample: sampleParameterSchema,
})

export const maxComparedRuns = 6
const flagSchema = z.literal(['yes', 'no'], { error: 'must be `yes` or `no`' }).transform((text) => text === 'yes')
export const compareQuerySchema = z.object({
  runs: z.string({ error: 'must be two or more runs, separated by commas' }).transform((text) => text.split(',')),
  /** Compare runs of different tasks on the tasks common to all. */
  common: flagSchema.default(false),
  /** Count tasks that an unfinished run has not recorded as wrong instead of leaving them out. */
  all: flagSchema.default(false),
})
