import { join } from 'node:path'
import { readDataset } from '../../adapters/datasets/read-dataset.ts'
import { findEvaluationSets } from '../../adapters/exports/find-evaluation-sets.ts'
import { hashTask } from '../../adapters/datasets/hash-task.ts'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { Config } from '../../config.ts'
import { benchmarkNames, originOf, type BenchmarkName } from '../../domain/benchmarks.ts'
import { createGuard, type EvaluationSet, type Standing } from '../../domain/exports/guard.ts'
import type { ItemReference } from '../../domain/item.ts'
import { UsageError } from '../usage-error.ts'

export interface GuardFlags {
  readonly guard?: readonly string[]
  readonly allowEvaluation?: boolean
}

export interface GuardedRun {
  readonly sets: readonly EvaluationSet[]
  /** Sets that should have been looked at, and are not here. None unless evaluation tasks are allowed. */
  readonly missing: readonly BenchmarkName[]
  readonly items: readonly GuardedItem[]
}

export interface GuardedItem {
  readonly item: ItemReference
  readonly standing: Standing
}

/**
 * Judges the items of a run by the evaluation sets that guard them: those of the benchmarks they are of, of every known one for
 * items of unknown origin, and those that were asked for.
 *
 * @throws {UsageError} where one of these is not on this machine, unless evaluation tasks are allowed
 */
export async function guardRun(
  { dataDir, projectRoot }: Pick<Config, 'dataDir' | 'projectRoot'>,
  folder: RunFolder,
  items: readonly ItemReference[],
  { guard = [], allowEvaluation = false, onTask }: GuardFlags & { readonly onTask: () => void },
): Promise<GuardedRun> {
  const shippedFolder = join(projectRoot, 'data', 'tasks')
  const shipped = new Set((await readDataset(shippedFolder)).tasks.map(hashTask))
  const { datasets } = await folder.readRun()
  const found = await findEvaluationSets({
    fetched: join(dataDir, 'datasets'),
    shipped: shippedFolder,
    datasets: datasets.map(({ path }) => path),
    asked: guard.filter((name) => !isBenchmark(name)),
  })
  const named = guard.filter(isBenchmark)
  const sets = found.map((set) => ({ ...set, asked: set.asked || isAmong(set.benchmark, named) }))

  const origins = items.map((item) => originOf(item, shipped))
  const needed = new Set([...named, ...origins.flatMap((origin) => origin ?? benchmarkNames)])
  const missing = [...needed].filter((name) => !sets.some(({ benchmark }) => benchmark === name))
  if (missing.length > 0 && !allowEvaluation) throw new UsageError(explainMissing(missing))

  const judge = createGuard(sets, missing.length === 0)
  const judged: GuardedItem[] = []
  for (const [index, item] of items.entries()) {
    judged.push({ item, standing: judge({ ...item, ...(await folder.readPairs(item.hash)) }, origins[index]) })
    onTask()
  }
  return { sets, missing, items: judged }
}

function isBenchmark(name: string): name is BenchmarkName {
  return benchmarkNames.some((known) => known === name)
}

function isAmong(benchmark: BenchmarkName | undefined, names: readonly BenchmarkName[]): boolean {
  return benchmark !== undefined && names.includes(benchmark)
}

function explainMissing(missing: readonly BenchmarkName[]): string {
  return [
    `Not on this machine, or not whole: the evaluation tasks of ${missing.join(' and ')}. Without them nobody can tell what must not be trained on, so nothing was written. Get them:`,
    ...missing.map((name) => `  npx arcloom dataset fetch ${name}`),
    'or name the folder that has them: --guard PATH. --allow-evaluation exports everything and looks at what there is.',
  ].join('\n')
}
