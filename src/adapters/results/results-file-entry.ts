import { z } from 'zod'
import type { TaskPairs } from '../../domain/tasks/task.ts'
import { taskSchema } from '../datasets/task-schema.ts'
import { checkBy, type Origin, type Reading } from '../files/read-json-by.ts'

/** One text per sample. The Python original at first wrote a single one; anything that is not text counts as no answer. */
const textsSchema = z
  .unknown()
  .optional()
  .transform((value): readonly (string | null)[] => {
    if (typeof value === 'string') return [value]
    return Array.isArray(value) ? value.map((text) => (typeof text === 'string' ? text : null)) : []
  })

const text = z.string().optional().catch(undefined)

/**
 * An entry as other programs and older versions may have written it, so only a task id is required. Unknown fields are kept.
 * `readEmbeddedTask` checks `task_data` when it is used: the original put words there when it failed.
 */
export const resultsFileEntrySchema = z.looseObject(
  {
    task_id: z.string({ error: 'must be a task id' }).min(1, { error: 'must be a task id' }),
    version: z
      .int({ error: 'a version is a whole number from 0' })
      .min(0, { error: 'a version is a whole number from 0' })
      .nullish()
      .transform((version) => version ?? 0),
    task_data: z.unknown().optional(),
    reasoning: textsSchema,
    python_code: textsSchema,
    run_id: text,
    model: text,
  },
  { error: 'an entry must be an object' },
)

/** One entry of a results file, Arcloom's or the Python original's. Per-sample lists are empty if the file has none. */
export type ResultsFileEntry = z.infer<typeof resultsFileEntrySchema>

/** The task in an entry, or its faults, each with its place in the file. */
export function readEmbeddedTask(entry: ResultsFileEntry, { file, place }: Origin): Reading<TaskPairs> {
  return checkBy(
    z.object({ task_data: taskSchema }).transform(({ task_data }) => task_data),
    entry,
    { file, place },
  )
}
