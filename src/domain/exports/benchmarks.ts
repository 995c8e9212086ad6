import type { ItemReference } from '../item.ts'

/** A published set of tasks whose evaluation tasks nobody may train on who wants to be measured by it. */
interface Benchmark {
  /** Also the name of its folder where it was fetched. */
  readonly name: BenchmarkName
  /** What the folder of a checkout is called, in lower case. */
  readonly folders: readonly string[]
  /** So many tasks its evaluation set has: a folder with fewer guards nothing. */
  readonly evaluationTasks: number
}

/** `arcloom` stands for the tasks in `data/tasks`. */
export type BenchmarkName = 'arc-agi-1' | 'arc-agi-2' | 'arcloom'

/** Those that have to be fetched. */
export const publishedBenchmarks: readonly Benchmark[] = [
  { name: 'arc-agi-1', folders: ['arc-agi-1', 'arc-agi'], evaluationTasks: 400 },
  { name: 'arc-agi-2', folders: ['arc-agi-2'], evaluationTasks: 120 },
]

export const benchmarkNames: readonly BenchmarkName[] = [...publishedBenchmarks.map(({ name }) => name), 'arcloom']

/** The published benchmark that a dataset is called like, if any. */
export function findBenchmark(dataset: string): Benchmark | undefined {
  return publishedBenchmarks.find(({ folders }) => folders.includes(dataset.toLowerCase()))
}

/**
 * Which benchmark an item is of; undefined where nothing tells, and it may be of any.
 *
 * @param shipped the content hashes of the tasks in `data/tasks`: their folder's name, `tasks`, tells nothing
 */
export function originOf({ dataset, hash }: ItemReference, shipped: ReadonlySet<string>): BenchmarkName | undefined {
  return findBenchmark(dataset)?.name ?? (shipped.has(hash) ? 'arcloom' : undefined)
}

/** Names of splits that are not for training. */
export function isEvaluationSplit(split: string): boolean {
  return ['evaluation', 'eval', 'validation', 'test'].includes(split)
}
