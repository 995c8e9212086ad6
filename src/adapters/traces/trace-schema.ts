import { z } from 'zod'

export const traceSchema = z.looseObject(
  {
    trace_id: z.string({ error: 'must be a trace id' }).min(1, { error: 'must be a trace id' }),
    task_id: z.string({ error: 'must be a task id' }).min(1, { error: 'must be a task id' }),
    username: z.string({ error: 'must be a name' }),
    text: z.string({ error: 'must be the text of the trace' }),
    score: z.number({ error: 'must be a number' }).default(0),
    timestamp: z.number({ error: 'must be a time in unix seconds' }).default(0),
    voters: z
      .record(z.string(), z.literal([1, -1], { error: 'a vote is 1 or -1' }), { error: 'must be votes by name' })
      .default({}),
    version: z.int({ error: 'a version is a whole number from 0' }).min(0).optional(),
    run_id: z.string().optional(),
    sample: z.int({ error: 'a sample is a whole number from 0' }).min(0).optional(),
    discussion: z.looseObject({ id: z.string(), question: z.string(), kept_by: z.string() }).optional(),
  },
  { error: 'a trace must be an object' },
)

/** `traces_store.json`. */
export const tracesSchema = z.record(z.string(), z.array(traceSchema, { error: 'must be a list of traces' }), {
  error: 'must be an object of traces by task id',
})
