import { z } from 'zod'
import { labelNames, type Label } from '../../domain/labels/label.ts'

const labelRule = { error: `must be one of ${labelNames.join(', ')}, or null` }
const fields = {
  at: z.iso.datetime({ error: 'must be a time' }),
  person: z.string({ error: 'must be a name' }),
  task_id: z.string({ error: 'must be a task id' }),
  text_hash: z.string({ error: 'must be the hash of a text' }),
  label: z.enum(labelNames, labelRule).nullable(),
  note: z.string({ error: 'must be a text' }).optional(),
  saw_outcome: z.boolean({ error: 'must be true or false' }),
}

/** A line of `labels.jsonl`. */
export const labelSchema: z.ZodType<Label> = z.union(
  [
    z.object({ trace_id: z.string(), ...fields }),
    z.object({ run_id: z.string(), item: z.string(), sample: z.int().min(0), ...fields }),
  ],
  { error: 'must be a label of a trace or of a sample of a run, as data/nature_of_data.md describes it' },
)
