import { z } from 'zod'
import { isGrid, maxSide, type Grid } from '../domain/grids/grid.ts'
import { labelFilters, queueOrders, sampleFilters } from '../domain/labels/label-queue.ts'
import { labelNames, type LabelSubject } from '../domain/labels/label.ts'

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

const flagSchema = z.literal(['yes', 'no'], { error: 'must be `yes` or `no`' }).transform((text) => text === 'yes')
export const compareQuerySchema = z.object({
  runs: z.string({ error: 'must be two or more runs, separated by commas' }).transform((text) => text.split(',')),
  /** Compare runs of different tasks on the tasks common to all. */
  common: flagSchema.default(false),
  /** Count tasks that an unfinished run has not recorded as wrong instead of leaving them out. */
  all: flagSchema.default(false),
})

const oneOf = <Value extends string>(values: readonly [Value, ...Value[]]) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` })

/** What an address says of a place in a queue: a sample of a run, or a trace. */
const placeFields = {
  run: z.string().optional(),
  item: z.string().optional(),
  sample: sampleParameterSchema.optional(),
  trace: traceIdSchema.optional(),
}

export const labelQueueQuerySchema = z.object({
  person: personSchema,
  runs: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter((run) => run !== '')),
  traces: flagSchema.default(false),
  samples: oneOf(sampleFilters).default('all'),
  labels: oneOf(labelFilters).default('open'),
  order: oneOf(queueOrders).default('task'),
  ...placeFields,
})

export const labelSubjectQuerySchema = z.object({
  person: personSchema,
  outcome: flagSchema.default(false),
  ...placeFields,
})

const maxNoteLength = 2_000
const noteRule = { error: `must be a text of at most ${maxNoteLength} characters` }

const subjectRule = { error: 'must be { "run_id", "item", "sample" } or { "trace_id" }' }
const subjectSchema: z.ZodType<LabelSubject> = z.union(
  [z.object({ run_id: z.string(), item: z.string(), sample: z.int().min(0) }), z.object({ trace_id: traceIdSchema })],
  subjectRule,
)

export const labelRequestSchema = z.object({
  person: personSchema,
  subject: subjectSchema,
  text_hash: z.string({ error: 'must be the hash of the text that was read' }),
  label: z
    .enum(labelNames, { error: `must be one of ${labelNames.join(', ')}, or null to take the label back` })
    .nullable(),
  note: z
    .string(noteRule)
    .trim()
    .max(maxNoteLength, noteRule)
    .refine((text) => text.isWellFormed(), noteRule)
    .default(''),
  saw_outcome: z.boolean({ error: 'must be true or false' }).default(false),
})

const discussionIdRule = { error: 'must be the id of a conversation' }
export const discussionIdSchema = z.string(discussionIdRule).regex(/^[\w-]{1,80}$/, discussionIdRule)

const stepsSchema = z.string({ error: 'must be packed transforms' }).max(2_000)

/** What a person asks, and what the question is to show. */
const questionSchema = z.object({
  person: personSchema,
  model: z.string({ error: 'must be the key of a model' }).min(1).max(200),
  text: textSchema,
  version: z.int({ error: 'must be a whole number from 0' }).min(0).default(0),
  steps: stepsSchema.default(''),
  /** Ids of traces to show. */
  traces: z.array(traceIdSchema).max(20, { error: 'must be at most 20 traces' }).default([]),
  drawing: z.object({ test: testSchema, grid: gridSchema }).nullable().default(null),
  sample: z
    .object({ run: z.string({ error: 'must be a run' }), sample: z.int().min(0) })
    .nullable()
    .default(null),
  /** The person knows that no price of the model is known, so that the budget does not bound what it costs. */
  accept_unknown_price: z.boolean().default(false),
})

export type QuestionRequest = z.infer<typeof questionSchema>

export const firstQuestionSchema = questionSchema.extend({ task: taskNameSchema })
export const nextQuestionSchema = questionSchema
export const againSchema = questionSchema.pick({ person: true, model: true, accept_unknown_price: true })
export const keptAnswerSchema = z.object({ person: personSchema, question: z.string().max(100) })
