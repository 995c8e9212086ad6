import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { compareRuns, describeTaskDifferences, type Comparison } from '../../domain/compare/compare-runs.ts'
import type { CliContext } from '../context.ts'
import { readComparedRun } from './describe-run.ts'
import { renderComparison } from './render-comparison.ts'
import { UsageError } from '../usage-error.ts'

export interface ComparisonOptions {
  /** Compares runs of different tasks on those that all of them have. */
  readonly commonTasks?: boolean | undefined
  /** Counts what unfinished runs have not recorded as wrong, instead of leaving it out. */
  readonly allTasks?: boolean | undefined
  readonly json?: boolean | undefined
  /** What to do with runs that have no scores, or no task that all of them have recorded. */
  readonly unscored?: 'refuse' | 'skip'
}

/**
 * Prints runs beside each other, on stdout.
 *
 * @returns whether there was anything to print
 * @throws {UsageError} for runs that cannot be compared
 */
export async function printComparison(
  context: CliContext,
  folders: readonly RunFolder[],
  { commonTasks = false, allTasks = false, json = false, unscored = 'refuse' }: ComparisonOptions,
): Promise<boolean> {
  const runs = []
  // One after the other: each is read with several records at once.
  for (const folder of folders) runs.push(await readComparedRun(context.config, folder))
  const withoutScores = runs.filter(({ document }) => document.scores === null)
  if (withoutScores.length > 0 && unscored === 'skip') return false
  if (withoutScores.length > 0) {
    throw new UsageError(
      `Nothing to compare: ${withoutScores.map(({ document }) => document.run_id).join(', ')} has no scores. Runs of \`benchmark\` and of \`generate code\` have.`,
    )
  }
  const differences = describeTaskDifferences(runs)
  if (differences.length > 0 && !commonTasks) {
    throw new UsageError(
      `The runs have different tasks, and are not compared as if they had the same.\n${differences.join('\n')}\nTo compare on the tasks that all have: --common-tasks`,
    )
  }
  for (const difference of differences) context.note(`left out of scores and pairs: ${difference}`)
  const comparison = compareRuns(runs, { allTasks })
  if (comparison.pairs.length === 0 && unscored === 'skip') return false
  noteUnrecorded(context, comparison)
  if (comparison.pairs.length === 0) {
    throw new UsageError(
      comparison.basis === 'recorded'
        ? 'There is no task yet that all of the runs have recorded. To count what is not recorded as wrong: --all-tasks'
        : 'The runs have no task in common.',
    )
  }
  context.print(json ? JSON.stringify(comparison, null, 2) : renderComparison(comparison))
  return true
}

function noteUnrecorded({ note }: CliContext, { runs, basis, unrecorded }: Comparison): void {
  for (const { run_id, state, tasks } of runs) {
    const pending = unrecorded.find(({ run }) => run === run_id)?.tasks ?? 0
    const failed = tasks.total - tasks.done - pending
    const pendingWords = `${pending} of ${tasks.total} tasks ${pending === 1 ? 'is' : 'are'} not recorded`
    if (pending > 0 && basis === 'recorded') {
      note(
        `${run_id} is not finished (${state}): ${pendingWords}, and left out for all runs. To count them as wrong: --all-tasks`,
      )
    } else if (pending > 0) note(`${run_id} is not finished (${state}): ${pendingWords}, and count as wrong`)
    if (failed > 0) note(`${run_id}: ${failed} of ${tasks.total} tasks failed, and count as wrong`)
  }
}
