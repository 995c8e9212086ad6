import type { TrainingFormat } from '../../adapters/exports/training-format.ts'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { inflect } from '../../domain/count.ts'
import { criteriaOf, type Criterion } from '../../domain/exports/criterion.ts'
import { findRecipe } from '../../domain/recipes/find-recipe.ts'
import { isVerification, type AskingRun } from '../../domain/runs/run.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'
import { UsageError } from '../../domain/usage-error.ts'
import type { CliContext } from '../context.ts'
import { findRun } from '../runs/find-run.ts'

/** A run to export. */
export interface OpenedRun {
  readonly folder: RunFolder
  readonly run: AskingRun
  /** Which of its answers count as good. */
  readonly only: Criterion
  readonly items: readonly ItemReference[]
  /** Its recorded items, in its order. */
  readonly recorded: readonly ItemReference[]
}

/**
 * Opens runs by name, in order. A run named twice is taken once. Reports runs that are unfinished.
 *
 * @throws {UsageError} if one of them cannot be exported this way, or none has recorded a task
 */
export async function openRuns(
  { store, note }: Pick<CliContext, 'store' | 'note'>,
  format: TrainingFormat,
  names: readonly string[],
  only: Criterion | undefined,
): Promise<readonly OpenedRun[]> {
  const folders = await Promise.all(names.map((name) => findRun(store, name)))
  const byId = Map.groupBy(folders, ({ runId }) => runId)
  for (const [runId, same] of byId) {
    if (same.length > 1) note(`Run ${runId} is named more than once; its answers are exported once.`)
  }
  const runs: OpenedRun[] = []
  for (const [folder] of byId.values()) if (folder !== undefined) runs.push(await openRun(folder, format, only))
  if (runs.every(({ recorded }) => recorded.length === 0)) throw new UsageError(describeUnrecorded(runs))
  for (const { run, items, recorded } of runs) {
    if (recorded.length === items.length) continue
    const which = runs.length === 1 ? '' : ` of run ${run.run_id}`
    note(
      `${recorded.length} of ${items.length} tasks${which} ${inflect(recorded.length, 'is', 'are')} recorded; the others are not in the file.`,
    )
  }
  return runs
}

async function openRun(folder: RunFolder, format: TrainingFormat, only: Criterion | undefined): Promise<OpenedRun> {
  const run = await folder.readRun()
  if (isVerification(run)) {
    throw new UsageError(`Run ${run.run_id} is a verification: it asked no model, so it has no answers to export.`)
  }
  const items = await folder.listItems()
  const recorded = new Set(await folder.listRecorded())
  return {
    folder,
    run,
    only: chooseCriterion(format, run, only),
    items,
    recorded: items.filter(({ key }) => recorded.has(key)),
  }
}

function chooseCriterion(format: TrainingFormat, run: AskingRun, criterion: Criterion | undefined): Criterion {
  const { asksFor } = findRecipe(run.specification.recipe)
  const allowed = format.chooseCriteria(criteriaOf[asksFor])
  const [standard] = allowed
  const request = `run ${run.run_id} asked for ${askedWords[asksFor]}`
  if (standard === undefined) throw new UsageError(`Cannot export ${format.name}: ${request}.`)
  if (criterion !== undefined && !allowed.includes(criterion)) {
    throw new UsageError(`--only ${criterion}: ${request}; allowed for ${format.name}: ${allowed.join(', ')}.`)
  }
  return criterion ?? standard
}

const askedWords = {
  program: 'programs',
  grid: 'grids of test inputs, which train pairs cannot verify',
  explanation: 'explanations, which cannot be verified',
} as const

function describeUnrecorded(runs: readonly OpenedRun[]): string {
  const names = runs.map(({ run }) => run.run_id)
  const [name] = names
  return names.length === 1
    ? `Nothing to export: run ${name} has recorded no task yet.`
    : `Nothing to export: none of the runs ${names.join(', ')} has recorded a task yet.`
}
