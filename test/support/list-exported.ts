import { readExamples } from '../../src/adapters/exports/read-examples.ts'
import type { ExportRow, RowContext, TrainingFormat } from '../../src/adapters/exports/training-format.ts'
import { createRunStore } from '../../src/adapters/stores/create-run-store.ts'
import { createMemoryBlobs } from '../../src/adapters/stores/memory-blobs.ts'
import type { Criterion } from '../../src/domain/exports/criterion.ts'
import type { Example } from '../../src/domain/exports/example.ts'
import type { RecipeName } from '../../src/domain/recipes/recipe.ts'
import { needAskingRun } from '../../src/domain/runs/run.ts'
import type { Task } from '../../src/domain/tasks/task.ts'
import { buildPairs } from './build-run.ts'
import { recordRun, type SaidSample } from './record-run.ts'

/** Records a run of one task in memory. @returns the rows that a format makes of it */
export async function listExported(
  format: TrainingFormat,
  recipe: RecipeName,
  said: readonly SaidSample[],
  only: Criterion,
  change: Partial<Task> = {},
  shown: Partial<Shown> = {},
): Promise<readonly ExportRow[]> {
  const { run, examples } = await recordExamples(recipe, said, change)
  const standing = { evaluation: false, checked: true, checkedAgainst: ['arc-agi-2'], missing: [], kin: undefined }
  return renderExamples(format, examples, { run, standing, only, ...shown })
}

/** Records a run of one task in memory. @returns the examples in it */
export async function recordExamples(recipe: RecipeName, said: readonly SaidSample[], change: Partial<Task> = {}) {
  const task = { taskId: 't', version: 0, dataset: 'd', split: 'training', ...buildPairs(1), ...change }
  const store = createRunStore(createMemoryBlobs(), 'test')
  const folder = await recordRun(store, { name: 'run', recipe, tasks: [task], say: () => said })
  const run = needAskingRun(await folder.readRun())
  const [item] = await folder.listItems()
  if (item === undefined) throw new Error('a run of one task has one item')
  const examples = await readExamples(folder, run, { ...item, ...(await folder.readPairs(item.hash)) })
  return { run, examples }
}

type Shown = Pick<RowContext, 'marksCopies' | 'reasoning'>

/** All rows that a format makes from the examples of one item. */
export function renderExamples(
  format: TrainingFormat,
  examples: readonly Example[],
  context: Omit<RowContext, keyof Shown> & Partial<Shown>,
): readonly ExportRow[] {
  const candidates = examples.filter((example) => format.isCandidate(example, context.only))
  const rows = format.planRows(candidates, { marksCopies: false, reasoning: 'none', ...context })
  return rows.map((row) => row.render())
}

/** An answer with a program. */
export const programOf = (body: string) => `Because.\n\`\`\`python\ndef solve_task(grid):\n    return ${body}\n\`\`\``
