import { Command, Option } from 'commander'
import { DamagedRun, type RunFolder } from '../../adapters/stores/run-store.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { chooseFormat } from '../choose-format.ts'
import { createContext, type CliContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { findRun } from '../runs/find-run.ts'
import { comparisonFormats, printComparison, type ComparisonFormat } from '../runs/print-comparison.ts'
import { endWith } from '../terminal/end-with.ts'
import { checkOutput, outputWords } from '../write-output.ts'

interface CompareFlags {
  readonly commonTasks?: boolean
  readonly allTasks?: boolean
  readonly format?: ComparisonFormat
  readonly output?: string
  readonly json?: boolean
}

export function createCompareCommand(): Command {
  return new Command('compare')
    .argument('<runs...>', 'two or more runs, or the group of runs that one command started')
    .description('compare runs task by task; needs no Temporal server and asks no model')
    .option('--common-tasks', 'if the runs have different tasks, compare them on the tasks common to all')
    .option('--all-tasks', 'count tasks that an unfinished run has not recorded as wrong instead of leaving them out')
    .addOption(new Option('--format <format>', 'output format').choices(comparisonFormats))
    .option('--output <path>', outputWords)
    .addOption(createJsonFlag(' (same as --format json)'))
    .action((names: string[], flags: CompareFlags) => endWith(compare(names, flags)))
}

async function compare(names: readonly string[], flags: CompareFlags): Promise<ExitCode> {
  const context = createContext()
  const { commonTasks, allTasks } = flags
  const output = flags.output === undefined ? undefined : checkOutput(flags.output)
  const format = chooseFormat(comparisonFormats, flags)
  await printComparison(context, await findRuns(context, names), { commonTasks, allTasks, format, output })
  return exitCodes.complete
}

/** The runs with these names; for a single name, the runs of that group. */
async function findRuns({ store }: CliContext, names: readonly string[]): Promise<RunFolder[]> {
  const distinct = [...new Set(names)]
  const [group] = distinct
  if (distinct.length > 1 || group === undefined) {
    const folders = await Promise.all(distinct.map((name) => findRun(store, name)))
    return [...new Map(folders.map((folder) => [folder.runId, folder])).values()]
  }
  const members = []
  for (const runId of await store.listRuns()) {
    const folder = await store.openRun(runId)
    if ((await readGroup(folder)) === group) members.push(folder)
  }
  if (members.length > 1) return members.reverse()
  // Reports an unknown name.
  await findRun(store, group)
  throw new UsageError(`"${group}" is a single run; name another to compare with.`)
}

/** A damaged run's group is unknown; that must not keep other runs from being compared. */
async function readGroup(folder: RunFolder): Promise<string | undefined> {
  try {
    return (await folder.readRun()).group
  } catch (error) {
    if (error instanceof DamagedRun) return undefined
    throw error
  }
}
