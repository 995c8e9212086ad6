import { compareRuns, describeTaskDifferences, type Comparison } from './compare-runs.ts'
import type { ComparedRun } from './compared-run.ts'
import { listDifferingTasks, type DifferingTask } from './list-differing-tasks.ts'

/** More runs cannot be told apart side by side. */
const maxComparedRuns = 6

export interface SideBySideOptions {
  /** Compare runs of different tasks on the tasks common to all. */
  readonly common?: boolean | undefined
  /** Count tasks that an unfinished run has not recorded as wrong instead of leaving them out. */
  readonly all?: boolean | undefined
}

type SideBySide =
  | {
      readonly outcome: 'compared'
      readonly comparison: Comparison
      /** Tasks of some runs that others do not have, in words. */
      readonly leftOut: readonly string[]
      readonly tasks: readonly DifferingTask[]
    }
  | { readonly outcome: 'refused'; readonly type: string; readonly message: string }

/** Runs beside each other, as the page shows them: the numbers of `arcloom compare`, and the tasks on which the runs differ. */
export function compareSideBySide(
  runs: readonly ComparedRun[],
  { common = false, all = false }: SideBySideOptions,
): SideBySide {
  const refuse = (type: string, message: string) => ({ outcome: 'refused', type, message }) as const
  const unscored = runs.filter(({ document }) => document.scores === null).map(({ document }) => document.run_id)
  if (unscored.length > 0) {
    return refuse(
      'no-scores',
      `${unscored.join(', ')} cannot be compared: only runs of \`benchmark\` and \`generate code\` have scores.`,
    )
  }
  const leftOut = describeTaskDifferences(runs)
  if (leftOut.length > 0 && !common) {
    return refuse('different-tasks', `The runs have different tasks. ${leftOut.join('. ')}.`)
  }
  const comparison = compareRuns(runs, { allTasks: all })
  if (comparison.pairs.length > 0) {
    return { outcome: 'compared', comparison, leftOut, tasks: listDifferingTasks(runs, { allTasks: all }) }
  }
  return comparison.basis === 'recorded'
    ? refuse('nothing-recorded', 'No task has been recorded by all of these runs yet.')
    : refuse('no-common-tasks', 'These runs have no task in common.')
}

/** @returns undefined if this many runs can be compared; otherwise why not */
export function explainRunCount(count: number): string | undefined {
  if (count >= 2 && count <= maxComparedRuns) return undefined
  return `runs: ${count} given; 2 to ${maxComparedRuns} can be compared`
}
