import { Command, Option } from 'commander'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { chooseFormat } from '../choose-format.ts'
import { createContext, type CliContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { findRuns } from '../runs/find-runs.ts'
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
  await printComparison(context, await findSeveral(context, names), { commonTasks, allTasks, format, output })
  return exitCodes.complete
}

async function findSeveral({ store }: CliContext, names: readonly string[]): Promise<RunFolder[]> {
  const folders = await findRuns(store, names)
  const [name] = names
  if (folders.length > 1 || new Set(names).size > 1) return folders
  throw new UsageError(`"${name}" is a single run; name another to compare with.`)
}
