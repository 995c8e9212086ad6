import type { RunFolder } from '../adapters/stores/run-store.ts'
import { compareRuns, describeTaskDifferences } from '../domain/compare/compare-runs.ts'
import type { CliContext } from './context.ts'
import { readComparedRun } from './describe-run.ts'
import { renderComparison } from './render-comparison.ts'
import { UsageError } from './usage-error.ts'

export interface ComparisonOptions {
  /** Compares runs of different tasks on those that all of them have. */
  readonly commonTasks?: boolean | undefined
  readonly json?: boolean | undefined
  /** What to do with runs that have no scores. */
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
  { commonTasks = false, json = false, unscored = 'refuse' }: ComparisonOptions,
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
  for (const { document } of runs) noteUnfinished(context, document.run_id, document.tasks)
  for (const difference of differences) context.note(`left out of scores and pairs: ${difference}`)
  const comparison = compareRuns(runs)
  if (comparison.pairs.length === 0) throw new UsageError('The runs have no task in common.')
  context.print(json ? JSON.stringify(comparison, null, 2) : renderComparison(comparison))
  return true
}

function noteUnfinished({ note }: CliContext, runId: string, { done, total }: { done: number; total: number }): void {
  if (done < total) note(`${runId}: ${total - done} of ${total} tasks are not recorded, and count as wrong`)
}
