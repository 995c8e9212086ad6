import { Option, type Command } from 'commander'
import { isRunId } from '../../adapters/stores/create-run-store.ts'
import { gridEncodings, type GridEncoding } from '../../domain/grids/render-grid.ts'
import { chooseLimits, type ChosenLimits, type ProgramLimits } from '../../domain/runs/program-limits.ts'
import { sandboxChoices, type SandboxChoice } from '../../domain/runs/sandbox-choice.ts'
import type { Controls } from '../../domain/runs/specification.ts'
import { solverNames } from '../../domain/solvers/solvers.ts'
import { createJsonFlag } from '../json-flag.ts'
import { collect, numberBetween, parseRange, parseTaskIds, wholeNumber, type TaskRange } from '../parse-values.ts'
import { UsageError } from '../usage-error.ts'

/** Flags that set a run's controls. */
export interface ControlFlags {
  readonly maxConcurrentTasks?: number
  readonly saveInterval?: number
  readonly budgetUsd?: number
}

/** Flags common to every command that asks a model. */
export interface RunFlags extends ControlFlags, ChosenLimits {
  readonly model?: readonly string[]
  readonly dataset?: readonly string[]
  readonly datasetDirectory?: string
  readonly useDatasetJson?: boolean
  readonly maxTasks?: number
  readonly tasks?: TaskRange
  readonly taskIds?: readonly string[]
  readonly gridEncoding: GridEncoding
  readonly sandbox: SandboxChoice
  readonly bestOf: number
  readonly rounds: number
  readonly solver?: string
  readonly temperature?: number
  readonly maxTokens?: number
  readonly reasoningEffort?: string
  readonly seed?: number
  readonly baseUrl?: string
  readonly name?: string
  readonly detach?: boolean
  readonly json?: boolean
}

/** Above this a run would need shards, and its history more events than Temporal allows. */
export const maxItems = 2_000

/** Bounded by the number of events a workflow history can hold, with room to spare. */
const maxSamples = 100

/** Each open task may add to its run's history, which must stay below Temporal's limit. */
export const maxTasksAtOnce = 1_000

export function addRunFlags(command: Command): Command {
  return (
    command
      // `buildRequests` requires it: commander would report it as missing before reporting that `--modle` is unknown.
      .option(
        '--model <key>',
        'required: a model from the registry, or provider/model-id; repeatable, one run per model',
        collect,
      )
      .option(
        '--dataset <path>',
        'a folder of task files, or a dataset.json; repeatable (default: data/tasks)',
        collect,
      )
      .option('--dataset-directory <path>', 'same as --dataset, the name in the Python original')
      .option('--use-dataset-json', 'use the tasks of data/dataset.json')
      .option('--max-tasks <n>', 'only the first n tasks', wholeNumber(1, 1_000_000))
      .option('--tasks <start:end>', 'a range of tasks, counted from 0, end excluded', parseRange)
      .option('--task-ids <ids>', 'task ids, separated by commas', parseTaskIds)
      .option('--best-of <n>', 'samples per task, each with its own request', wholeNumber(1, maxSamples), 1)
      .option('--rounds <n>', 'maximum requests per sample; 1 means no feedback rounds', wholeNumber(1, 20), 1)
      .addOption(
        new Option(
          '--solver <name>',
          'who decides what is asked next (default: sample, and with more --rounds refine)',
        ).choices(solverNames),
      )
      .addOption(
        new Option('--grid-encoding <how>', 'how grids are written in the prompt')
          .choices(gridEncodings)
          .default('json'),
      )
      .option('--max-concurrent-tasks <n>', 'maximum tasks open at once (default: 5)', wholeNumber(1, maxTasksAtOnce))
      .option('--save-interval <n>', 'finished tasks between checkpoints (default: 10)', wholeNumber(1, 100_000))
      .option(
        '--budget-usd <x>',
        'send no request that could bring the total cost above this; needs --max-tokens and a model with a price',
        numberBetween(0, 1_000_000),
      )
      .option('--temperature <x>', 'sampling temperature', numberBetween(0, 2))
      .option('--max-tokens <n>', 'maximum tokens per answer', wholeNumber(1, 10_000_000))
      .option(
        '--reasoning-effort <level>',
        "in the provider's terms: low, medium, high; for Claude up to 4.5 a number of tokens",
      )
      .option('--seed <n>', 'seed of the first sample; sample k gets seed + k', wholeNumber(0, 2 ** 31))
      .addOption(createSandboxOption())
      .option('--base-url <url>', "send requests to this URL instead of the registry's; no key is sent there")
      .option('--name <run>', "the run's id; an existing id attaches to that run if it asks the same")
      .option('--detach', 'start it and exit; `arcloom watch` follows it')
      .addOption(createJsonFlag())
  )
}

/** For every command that runs programs. */
export function createSandboxOption(): Option {
  return new Option('--sandbox <level>', 'none runs programs UNPROTECTED: docs/sandbox.md')
    .choices(sandboxChoices)
    .default('auto')
}

/** For commands that run programs and let you set their limits. */
export function addLimitFlags(command: Command): Command {
  return command
    .option('--cpu-seconds <n>', 'CPU time limit of a program per grid (default: 10)', seconds)
    .option(
      '--program-cpu-seconds <n>',
      'CPU time limit of a program for all grids (default: 3 times the limit per grid)',
      seconds,
    )
    .option('--wall-seconds <n>', 'how long it may wait on a grid without computing anything (default: 21)', seconds)
}

const seconds = numberBetween(0.1, 3600)

/** @returns undefined if no limit was given */
export function readLimitFlags({
  cpuSeconds,
  programCpuSeconds,
  wallSeconds,
}: ChosenLimits): ProgramLimits | undefined {
  if (cpuSeconds === undefined && programCpuSeconds === undefined && wallSeconds === undefined) return undefined
  const limits = chooseLimits({
    ...(cpuSeconds !== undefined && { cpuSeconds }),
    ...(programCpuSeconds !== undefined && { programCpuSeconds }),
    ...(wallSeconds !== undefined && { wallSeconds }),
  })
  if (limits.cpu_seconds_per_program >= limits.cpu_seconds_per_grid) return limits
  throw new UsageError(
    `--program-cpu-seconds ${limits.cpu_seconds_per_program}: less than the limit per grid, which is ${limits.cpu_seconds_per_grid} s. Add --cpu-seconds ${limits.cpu_seconds_per_program}, or raise this limit.`,
  )
}

/** Only the controls that were typed: attaching to an open run changes only what was asked for. */
export function readControls(flags: ControlFlags): Partial<Controls> {
  const { maxConcurrentTasks, saveInterval, budgetUsd } = flags
  return {
    ...(maxConcurrentTasks !== undefined && { max_concurrent_tasks: maxConcurrentTasks }),
    ...(saveInterval !== undefined && { save_interval: saveInterval }),
    ...(budgetUsd !== undefined && { budget_usd: budgetUsd }),
  }
}

/** @throws {UsageError} for a `--name` that cannot be a run's id. */
export function checkName(name: string): void {
  if (!isRunId(name))
    throw new UsageError(`--name "${name}": use at most 120 letters, digits, dots, dashes and underscores.`)
}
