import { isRunId } from '../adapters/stores/create-run-store.ts'
import { gridEncodings, type GridEncoding } from '../domain/grids/render-grid.ts'
import type { BodyFields } from '../domain/models/own-fields.ts'
import { batchRetries, type BatchRetry } from '../domain/runs/batches/batch.ts'
import { chooseLimits, type ChosenLimits, type ProgramLimits } from '../domain/runs/program-limits.ts'
import type { SandboxChoice } from '../domain/runs/sandbox-choice.ts'
import { defaultControls, maxTasksAtOnce, tasksForRequests, type Controls } from '../domain/runs/specification.ts'
import { solverNames } from '../domain/solvers/solvers.ts'
import { UsageError } from '../domain/usage-error.ts'
import { parseHosts, parseQuantizations } from './parse-hosts.ts'
import { parseParameter } from './parse-parameter.ts'
import { collect, numberBetween, parseRange, parseTaskIds, wholeNumber, type TaskRange } from './parse-values.ts'

/** Flags that set a run's controls. */
export interface ControlFlags {
  readonly maxConcurrentTasks?: number
  readonly maxConcurrentRequests?: number
  readonly saveInterval?: number
  readonly budgetUsd?: number
  readonly stream?: boolean
  readonly batch?: boolean
  readonly batchRetry?: BatchRetry
}

/** Flags common to everything that asks a model. */
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
  readonly param?: BodyFields
  readonly providerOnly?: readonly string[]
  readonly providerOrder?: readonly string[]
  /** False with `--no-fallbacks`. */
  readonly fallbacks?: boolean
  readonly quantizations?: readonly string[]
  readonly baseUrl?: string
  readonly name?: string
  readonly detach?: boolean
  readonly json?: boolean
}

/** One flag, as the command line takes it and the page's form offers it. */
export interface FlagRule {
  /** `--best-of <n>`; a flag without a value has no `<…>`, and one that begins with `--no-` switches off what is on by itself. */
  readonly flags: string
  readonly description: string
  /** @throws {InvalidValue} */
  readonly parse?: (text: string, before?: never) => unknown
  readonly choices?: readonly string[]
  readonly default?: string | number
}

/** Above this a run would need shards, and its history more events than Temporal allows. */
export const maxItems = 2_000

/** Bounded by the number of events a workflow history can hold, with room to spare. */
const maxSamples = 100

/** As many as a worker takes at once. */
const maxRequestsAtOnce = 1_000

const maxUsd = 1_000_000

/** The flags of every command that asks a model, in the order of its help. Its fields are those of `RunFlags`. */
export const runFlagRules = {
  // `buildRequests` requires it: commander would report it as missing before reporting that `--modle` is unknown.
  model: {
    flags: '--model <key>',
    description: 'required: a model from the registry, or provider/model-id; repeatable, one run per model',
    parse: collect,
  },
  dataset: {
    flags: '--dataset <path>',
    description: 'a folder of task files, or a dataset.json; repeatable (default: data/tasks)',
    parse: collect,
  },
  datasetDirectory: {
    flags: '--dataset-directory <path>',
    description: 'same as --dataset, the name in the Python original',
  },
  useDatasetJson: { flags: '--use-dataset-json', description: 'use the tasks of data/dataset.json' },
  maxTasks: { flags: '--max-tasks <n>', description: 'only the first n tasks', parse: wholeNumber(1, 1_000_000) },
  tasks: {
    flags: '--tasks <start:end>',
    description: 'a range of tasks, counted from 0, end excluded',
    parse: parseRange,
  },
  taskIds: { flags: '--task-ids <ids>', description: 'task ids, separated by commas', parse: parseTaskIds },
  bestOf: {
    flags: '--best-of <n>',
    description: 'samples per task, each with its own request',
    parse: wholeNumber(1, maxSamples),
    default: 1,
  },
  rounds: {
    flags: '--rounds <n>',
    description: 'maximum requests per sample; 1 means no feedback rounds',
    parse: wholeNumber(1, 20),
    default: 1,
  },
  solver: {
    flags: '--solver <name>',
    description: 'what decides which questions are asked next (default: sample, or refine with more than one round)',
    choices: solverNames,
  },
  gridEncoding: {
    flags: '--grid-encoding <how>',
    description: 'how grids are written in the prompt',
    choices: gridEncodings,
    default: 'json',
  },
  maxConcurrentTasks: {
    flags: '--max-concurrent-tasks <n>',
    description: 'maximum tasks open at once (default: 5)',
    parse: wholeNumber(1, maxTasksAtOnce),
  },
  maxConcurrentRequests: {
    flags: '--max-concurrent-requests <n>',
    description:
      'maximum requests in flight at once (default: what the model allows); alone, it also opens a quarter more tasks than that',
    parse: wholeNumber(1, maxRequestsAtOnce),
  },
  saveInterval: {
    flags: '--save-interval <n>',
    description: 'finished tasks between checkpoints (default: 10)',
    parse: wholeNumber(1, 100_000),
  },
  budgetUsd: {
    flags: '--budget-usd <x>',
    description:
      'send no request that could bring the total cost above this; needs --max-tokens and a model with a price',
    parse: numberBetween(0, maxUsd),
  },
  stream: {
    flags: '--no-stream',
    description: 'ask for whole answers instead of streams, which keep connections open and lose less when one breaks',
  },
  batch: {
    flags: '--batch',
    description: 'ask in batches: about half the price, and answers within a day (docs/batches.md)',
  },
  batchRetry: {
    flags: '--batch-retry <how>',
    description:
      'with --batch, how requests that failed or expired are repeated: in the next batch, or sync: alone, at once, at the full price (default: batch)',
    choices: batchRetries,
  },
  temperature: { flags: '--temperature <x>', description: 'sampling temperature', parse: numberBetween(0, 2) },
  maxTokens: { flags: '--max-tokens <n>', description: 'maximum tokens per answer', parse: wholeNumber(1, 10_000_000) },
  reasoningEffort: {
    flags: '--reasoning-effort <level>',
    description: "in the provider's terms: low, medium, high; for Claude up to 4.5 a number of tokens",
  },
  seed: {
    flags: '--seed <n>',
    description: 'seed of the first sample; sample k gets seed + k',
    parse: wholeNumber(0, 2 ** 31),
  },
  param: {
    flags: '--param <name=json>',
    description:
      "another field of each request, under the provider's name, such as top_p=0.9; or several as a JSON object; repeatable",
    parse: parseParameter,
  },
  providerOnly: {
    flags: '--provider-only <hosts>',
    description: 'OpenRouter: ask no other hosts than these, separated by commas',
    parse: parseHosts,
  },
  providerOrder: {
    flags: '--provider-order <hosts>',
    description: 'OpenRouter: ask these hosts first, in this order',
    parse: parseHosts,
  },
  fallbacks: {
    flags: '--no-fallbacks',
    description: 'OpenRouter: if the first host cannot answer, ask no other one',
  },
  quantizations: {
    flags: '--quantizations <list>',
    description: 'OpenRouter: ask only hosts that run the model at these precisions, such as fp8,bf16',
    parse: parseQuantizations,
  },
} as const satisfies Partial<Record<keyof RunFlags, FlagRule>>

/** Of every command that starts a run. */
export const nameRule: FlagRule = {
  flags: '--name <run>',
  description: "the run's id; an existing id attaches to that run if it asks the same questions",
}

const seconds = numberBetween(0.1, 3600)

/** For commands that run programs and let you set their limits. */
export const limitFlagRules = {
  cpuSeconds: {
    flags: '--cpu-seconds <n>',
    description: 'CPU time limit of a program per grid (default: 10)',
    parse: seconds,
  },
  programCpuSeconds: {
    flags: '--program-cpu-seconds <n>',
    description: 'CPU time limit of a program for all grids (default: 3 times the limit per grid)',
    parse: seconds,
  },
  wallSeconds: {
    flags: '--wall-seconds <n>',
    description: 'maximum time per grid in which a program may wait without computing (default: 21)',
    parse: seconds,
  },
} as const satisfies Record<keyof ChosenLimits, FlagRule>

/** The controls of a run that exists. */
export const changeFlagRules = {
  maxConcurrentTasks: {
    ...runFlagRules.maxConcurrentTasks,
    description: 'maximum tasks open at once, from now on',
  },
  maxConcurrentRequests: {
    ...runFlagRules.maxConcurrentRequests,
    description: 'maximum requests in flight at once, from now on',
  },
  saveInterval: { ...runFlagRules.saveInterval, description: 'finished tasks between checkpoints, from now on' },
  budgetUsd: { ...runFlagRules.budgetUsd, description: 'the budget of the whole run, from now on' },
  stream: {
    ...runFlagRules.stream,
    description: 'ask for whole answers, from now on; --stream asks for streams again',
  },
} as const satisfies Partial<Record<keyof ControlFlags, FlagRule>>

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

/** The controls of a new run. */
export function chooseControls(flags: ControlFlags): Controls {
  const { maxConcurrentRequests: requests } = flags
  const window = requests === undefined ? {} : { max_concurrent_tasks: tasksForRequests(requests) }
  return { ...defaultControls, ...window, ...readControls(flags) }
}

/** Only the controls that were given: attaching to an open run changes only what was asked for. */
export function readControls(flags: ControlFlags): Partial<Controls> {
  const { maxConcurrentTasks, maxConcurrentRequests, saveInterval, budgetUsd, stream, batch, batchRetry } = flags
  return {
    ...(maxConcurrentTasks !== undefined && { max_concurrent_tasks: maxConcurrentTasks }),
    ...(maxConcurrentRequests !== undefined && { max_concurrent_requests: maxConcurrentRequests }),
    ...(saveInterval !== undefined && { save_interval: saveInterval }),
    ...(budgetUsd !== undefined && { budget_usd: budgetUsd }),
    ...(stream !== undefined && { stream }),
    ...((batch || batchRetry !== undefined) && { batch: batchRetry ?? 'batch' }),
  }
}

/** @throws {UsageError} for a `--name` that cannot be a run's id. */
export function checkName(name: string): void {
  if (!isRunId(name))
    throw new UsageError(`--name "${name}": use at most 120 letters, digits, dots, dashes and underscores.`)
}
