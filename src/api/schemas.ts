import { z } from 'zod'
import { isGrid, maxSide, type Grid } from '../domain/grids/grid.ts'

/* Everything that comes from outside, checked once. */

const maxNameLength = 60
const maxTextLength = 64 * 1024
/** A trace's id holds its task's, which may be a file's name, and its author's name. */
const maxIdLength = 400

/** Without control characters, and without halves of characters, which no address can hold. */
function lineOf(maxLength: number): RegExp {
  return new RegExp(`^[^\\p{Cc}\\p{Cs}]{1,${maxLength}}$`, 'u')
}

const gridSchema = z.custom<Grid>(isGrid, {
  error: `a grid of integers 0 to 9 is needed, from 1×1 to ${maxSide}×${maxSide}, all rows equally long`,
})

const testSchema = z.int({ error: 'the number of a test input, from 0, is needed' }).min(0)

const nameRule = `a name of 1 to ${maxNameLength} characters without line breaks is needed`
export const personSchema = z
  .string({ error: nameRule })
  .trim()
  .regex(lineOf(maxNameLength), { error: nameRule })
  // As a key of an object it is lost when a file is read again.
  .refine((name) => name !== '__proto__', { error: nameRule })

const textRule = `a text of 1 to ${maxTextLength} characters is needed`
const textSchema = z
  .string({ error: textRule })
  .trim()
  .min(1, { error: textRule })
  .max(maxTextLength, { error: textRule })
  .refine((text) => text.isWellFormed(), { error: textRule })

const idRule = (what: string) => ({ error: `the id of ${what} is needed, of 1 to ${maxIdLength} characters` })
export const taskNameSchema = z.string(idRule('a task')).regex(lineOf(maxIdLength), idRule('a task'))
export const traceIdSchema = z.string(idRule('a trace')).regex(lineOf(maxIdLength), idRule('a trace'))

export const distanceRequestSchema = z.object({
  test: testSchema,
  grid: gridSchema,
  /** Also which cells differ. */
  cells: z.boolean().default(false),
})

export const submissionRequestSchema = z.object({ test: testSchema, grid: gridSchema, person: personSchema })

export const personRequestSchema = z.object({ person: personSchema })

export const adoptionRequestSchema = z.object({ from: personSchema, to: personSchema })

export const newTraceSchema = z.object({
  task: taskNameSchema,
  person: personSchema,
  text: textSchema,
  version: z.int({ error: 'a version is a whole number from 0' }).min(0).default(0),
})

export const traceTextSchema = z.object({ person: personSchema, text: textSchema })

export const voteSchema = z.object({
  person: personSchema,
  vote: z.literal([-1, 0, 1], { error: 'a vote is 1, -1, or 0 to take it back' }),
})

export const attemptsQuerySchema = z.object({
  task: taskNameSchema,
  version: z.string().optional(),
  steps: z.string().optional(),
})

const sampleRule = { error: 'a sample is a number from 0' }
export const sampleParameterSchema = z
  .string(sampleRule)
  .regex(/^\d{1,6}$/, sampleRule)
  .transform(Number)

export const attemptQuerySchema = attemptsQuerySchema.extend({
  run: z.string({ error: 'a run is needed' }),
  sample: sampleParameterSchema,
})

export const maxComparedRuns = 6
const flagSchema = z.literal(['yes', 'no'], { error: '`yes` or `no` is needed' }).transform((text) => text === 'yes')
export const compareQuerySchema = z.object({
  runs: z.string({ error: 'two or more runs, separated by commas, are needed' }).transform((text) => text.split(',')),
  /** Compares runs of different tasks on those that all of them have. */
  common: flagSchema.default(false),
  /** Counts what an unfinished run has not recorded as wrong, instead of leaving it out. */
  all: flagSchema.default(false),
})
