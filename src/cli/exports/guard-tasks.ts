import { join } from 'node:path'
import { readDataset } from '../../adapters/datasets/read-dataset.ts'
import { findEvaluationSets } from '../../adapters/exports/find-evaluation-sets.ts'
import { fingerprintFolders, readFingerprints } from '../../adapters/exports/fingerprint-files.ts'
import { hashPrint } from '../../adapters/exports/hash-print.ts'
import type { Config } from '../../config.ts'
import {
  createGuard,
  type EvaluationSet,
  type GuardedTask,
  type Standing,
  type TrainingSet,
} from '../../domain/exports/guard.ts'
import { identifyTask, printTask } from '../../domain/exports/kinship/print-task.ts'
import { benchmarkNames, type BenchmarkName } from '../../domain/tasks/benchmarks.ts'
import { UsageError } from '../../domain/usage-error.ts'

export interface GuardFlags {
  readonly guard?: readonly string[]
  readonly allowEvaluation?: boolean
}

export interface GuardedTasks {
  readonly sets: readonly EvaluationSet[]
  /** Sets that should have been compared but are not on this machine. Empty unless evaluation tasks are allowed. */
  readonly missing: readonly BenchmarkName[]
  /** One per task, in order. */
  readonly standings: readonly Standing[]
}

interface GuardRequest extends GuardFlags {
  /** Where the tasks were read from. */
  readonly datasets: readonly string[]
  readonly tasks: AsyncIterable<GuardedTask> | Iterable<GuardedTask>
  readonly onTask?: () => void
  /** Whether a set that nobody requested may be missing: the export then says that it was not compared. */
  readonly mayMiss?: boolean
}

/**
 * Judges tasks against all known evaluation sets: those whose fingerprints are shipped or were kept by `dataset fetch`,
 * those on this machine, and those given with `--guard`.
 *
 * @throws {UsageError} if a required set is missing, unless evaluation tasks are allowed or it may be missing
 */
export async function guardTasks(
  config: Pick<Config, 'dataDir' | 'projectRoot'>,
  { datasets, tasks, guard = [], allowEvaluation = false, mayMiss = false, onTask }: GuardRequest,
): Promise<GuardedTasks> {
  const shipped = join(config.projectRoot, 'data', 'tasks')
  const fingerprints = await readFingerprints(fingerprintFolders(config))
  const foundSets = await findEvaluationSets({
    fetched: join(config.dataDir, 'datasets'),
    shipped,
    datasets,
    namedPaths: guard.filter((name) => !isBenchmark(name)),
    fingerprints: fingerprints.evaluation,
  })
  const named = guard.filter(isBenchmark)
  // A folder whose content the fingerprints describe replaces them.
  const printed = fingerprints.evaluation.filter(
    ({ name }) => !foundSets.some((set) => set.verified && set.name === name),
  )
  const sets = [...foundSets, ...printed].map((set) => ({ ...set, asked: set.asked || isAmong(set.benchmark, named) }))
  const judge = createGuard(sets, [...fingerprints.training, await readShippedTraining(shipped)], hashPrint)

  const missingNamed = named.filter((name) => !sets.some(({ benchmark }) => benchmark === name))
  if (!allowEvaluation) refuseMissing(missingNamed)
  const missing = new Set(missingNamed)
  const standings: Standing[] = []
  for await (const task of tasks) {
    const standing = judge(task)
    if (!allowEvaluation && !mayMiss) refuseMissing(standing.missing)
    for (const name of standing.missing) missing.add(name)
    standings.push(standing)
    onTask?.()
  }
  return { sets, missing: [...missing], standings }
}

/** The tasks in `data/tasks` are recognised by content: their folder's name means nothing. */
async function readShippedTraining(shipped: string): Promise<TrainingSet> {
  const { tasks } = await readDataset(join(shipped, 'training'))
  return {
    benchmark: 'arcloom',
    identities: new Set(tasks.map((task) => identifyTask(printTask(task, hashPrint), hashPrint))),
  }
}

function isBenchmark(name: string): name is BenchmarkName {
  return benchmarkNames.some((benchmark) => benchmark === name)
}

function isAmong(benchmark: BenchmarkName | undefined, names: readonly BenchmarkName[]): boolean {
  return benchmark !== undefined && names.includes(benchmark)
}

function refuseMissing(missing: readonly BenchmarkName[]): void {
  if (missing.length === 0) return
  const lines = [
    `Missing or incomplete on this machine: the evaluation tasks of ${missing.join(' and ')}. Without them evaluation tasks cannot be kept out of training data, so nothing was written. Get them with:`,
    ...missing.map((name) => `  npx arcloom dataset fetch ${name}`),
    'or give the folder that has them: --guard PATH. --allow-evaluation exports everything.',
  ]
  throw new UsageError(lines.join('\n'))
}
