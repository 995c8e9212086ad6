import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { compareRuns, describeTaskDifferences, type Comparison } from '../../domain/compare/compare-runs.ts'
import { count } from '../../domain/count.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { renderComparisonHtml } from '../../report/comparison/render-comparison-html.ts'
import { renderComparisonMarkdown } from '../../report/comparison/render-comparison-markdown.ts'
import { describeComparedRun } from '../../runs/run-documents.ts'
import type { CliContext } from '../context.ts'
import { writeOutput } from '../write-output.ts'
import { renderComparison } from './render-comparison.ts'

export const comparisonFormats = ['text', 'md', 'html', 'json'] as const

export type ComparisonFormat = (typeof comparisonFormats)[number]

export interface ComparisonOptions {
  /** Compare runs of different tasks on the tasks common to all. */
  readonly commonTasks?: boolean | undefined
  /** Count tasks that unfinished runs have not recorded as wrong instead of leaving them out. */
  readonly allTasks?: boolean | undefined
  readonly format?: ComparisonFormat
  /** A file to write to instead, as returned by `checkOutput`. */
  readonly output?: string | undefined
  /** What to do if runs have no scores, or no task that all of them have recorded. */
  readonly unscored?: 'refuse' | 'skip'
}

/**
 * Prints a comparison of runs on stdout, or writes it to a file and prints its path.
 *
 * @returns whether there was anything to print
 * @throws {UsageError} for runs that cannot be compared
 */
export async function printComparison(
  context: CliContext,
  folders: readonly RunFolder[],
  { commonTasks = false, allTasks = false, format = 'text', output, unscored = 'refuse' }: ComparisonOptions,
): Promise<boolean> {
  const runs = []
  // One after the other: reading a run already reads several records at once.
  for (const folder of folders) runs.push(await describeComparedRun(folder, context.surroundings))
  const withoutScores = runs.filter(({ document }) => document.scores === null)
  if (withoutScores.length > 0 && unscored === 'skip') return false
  if (withoutScores.length > 0) {
    throw new UsageError(
      `Nothing to compare: ${withoutScores.map(({ document }) => document.run_id).join(', ')} has no scores. Only runs of \`benchmark\` and \`generate code\` do.`,
    )
  }
  const differences = describeTaskDifferences(runs)
  if (differences.length > 0 && !commonTasks) {
    throw new UsageError(
      `The runs have different tasks.\n${differences.join('\n')}\nTo compare them on the tasks common to all: --common-tasks`,
    )
  }
  const comparison = compareRuns(runs, { allTasks })
  if (comparison.pairs.length === 0 && unscored === 'skip') return false
  const notes = [
    ...differences.map((difference) => `left out of the comparison: ${difference}`),
    ...describeUnrecorded(comparison),
  ]
  for (const note of notes) context.note(note)
  if (comparison.pairs.length === 0) {
    throw new UsageError(
      comparison.basis === 'recorded'
        ? 'No task has been recorded by all of the runs yet. To count unrecorded tasks as wrong: --all-tasks'
        : 'The runs have no task in common.',
    )
  }
  const render = (columns: number) => renderAs(format, comparison, notes, columns)
  context.print(
    output === undefined ? render(context.columns).trimEnd() : await writeOutput(output, [render(Infinity)]),
  )
  return true
}

function renderAs(format: ComparisonFormat, comparison: Comparison, notes: readonly string[], columns: number): string {
  switch (format) {
    case 'text':
      return `${renderComparison(comparison, columns)}\n`
    case 'md':
      return renderComparisonMarkdown(comparison, notes)
    case 'html':
      return renderComparisonHtml(comparison, notes)
    case 'json':
      return `${JSON.stringify(comparison, null, 2)}\n`
  }
}

function describeUnrecorded({ runs, basis, unrecorded }: Comparison): string[] {
  return runs.flatMap(({ run_id, state, tasks }) => {
    const pending = unrecorded.find(({ run }) => run === run_id)?.tasks ?? 0
    const failed = tasks.total - tasks.done - pending
    const total = count(tasks.total, 'task')
    const pendingWords = `${pending} of ${total} ${pending === 1 ? 'is' : 'are'} not recorded`
    const note =
      basis === 'recorded'
        ? 'left out for all runs. To count as wrong: --all-tasks'
        : `${pending === 1 ? 'counts' : 'count'} as wrong`
    return [
      ...(pending > 0 ? [`${run_id} is unfinished (${state}): ${pendingWords}, and ${note}`] : []),
      ...(failed > 0
        ? [`${run_id}: ${failed} of ${total} failed, and ${failed === 1 ? 'counts' : 'count'} as wrong`]
        : []),
    ]
  })
}
