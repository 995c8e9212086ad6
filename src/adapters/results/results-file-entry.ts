import { z } from 'zod'
import type { TaskPairs } from '../../domain/tasks/task.ts'
import { taskSchema } from '../datasets/task-schema.ts'
import { checkBy, type Origin, type Reading } from '../files/read-json-by.ts'

/** One text per sample. The Python original wrote a single one at first; what is no text stands for no answer. */
const textsSchema = z
  .unknown()
  .optional()
  .transform((value): readonly (string | null)[] => {
    if (typeof value === 'string') return [value]
    return Array.isArray(value) ? value.map((text) => (typeof text === 'string' ? text : null)) : []
  })

const text = z.string().optional().catch(undefined)

/**
 * An entry as other programs and older versions may have written it, so no more is asked of it than a task's id. Fields it
 * does not know are kept. `task_data` is checked by `readEmbeddedTask` where it is needed: the original put words there
 * when it failed.
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
  { error: 'an entry is an object' },
)

/** One entry of a results file, ours or the Python original's. Per-sample lists are empty where the file has none. */
export type ResultsFileEntry = z.infer<typeof resultsFileEntrySchema>

/** The task that an entry carries, or what is wrong with it, each fault with its place in the file. */
export function readEmbeddedTask(entry: ResultsFileEntry, { file, place }: Origin): Reading<TaskPairs> {
  return checkBy(
    z.object({ task_data: taskSchema }).transform(({ task_data }) => task_data),
    entry,
    { file, place },
  )
}
