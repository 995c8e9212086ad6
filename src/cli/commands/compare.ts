import { Command } from 'commander'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { compareRuns, describeTaskDifferences } from '../../domain/compare/compare-runs.ts'
import { createContext, type CliContext } from '../context.ts'
import { readComparedRun } from '../describe-run.ts'
import { endWith } from '../end-with.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { renderComparison } from '../render-comparison.ts'
import { UsageError } from '../usage-error.ts'

interface CompareFlags {
  readonly commonTasks?: boolean
  readonly json?: boolean
}

export function createCompareCommand(): Command {
  return new Command('compare')
    .argument('<runs...>', 'two or more runs, or the group of runs that were started together')
    .description('runs beside each other, task by task; works without Temporal, and asks no model')
    .option('--common-tasks', 'where runs have different tasks, score and compare them on those that all of them have')
    .option('--json', 'print one JSON document on stdout')
    .action((names: string[], flags: CompareFlags) => endWith(compare(names, flags)))
}

async function compare(names: readonly string[], { commonTasks = false, json }: CompareFlags): Promise<ExitCode> {
  const context = createContext()
  const folders = await findRuns(context, names)
  const runs = []
  // One after the other: each is read with several records at once.
  for (const folder of folders) runs.push(await readComparedRun(context.config, folder))
  const unscored = runs.filter(({ document }) => document.scores === null)
  if (unscored.length > 0) {
    throw new UsageError(
      `Nothing to compare: ${unscored.map(({ document }) => document.run_id).join(', ')} has no scores. Runs of \`benchmark\` and of \`generate code\` have.`,
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
  return exitCodes.complete
}

/** The runs of these names; of a single name the runs of its group. */
async function findRuns({ store }: CliContext, names: readonly string[]): Promise<RunFolder[]> {
  const distinct = [...new Set(names)]
  const [group] = distinct
  if (distinct.length > 1 || group === undefined) return Promise.all(distinct.map((name) => store.openRun(name)))
  const members = []
  for (const runId of await store.listRuns()) {
    const folder = await store.openRun(runId)
    if ((await folder.readRun()).group === group) members.push(folder)
  }
  if (members.length > 1) return members.reverse()
  // Says so where there is no such run at all.
  await store.openRun(group)
  throw new UsageError(`"${group}" is a run alone: name a second one to compare it with.`)
}

function noteUnfinished({ note }: CliContext, runId: string, { done, total }: { done: number; total: number }): void {
  if (done < total) note(`${runId}: ${total - done} of ${total} tasks are not recorded, and count as wrong`)
}
