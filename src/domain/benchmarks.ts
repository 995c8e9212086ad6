import type { ItemReference } from './item.ts'

/** A published set of tasks whose evaluation tasks nobody may train on who wants to be measured by it. */
export interface Benchmark {
  /** What `dataset fetch` calls it; also the name of its folder where it was fetched. */
  readonly name: BenchmarkName
  /** What the folder of a checkout is called, in lower case. */
  readonly folders: readonly string[]
  /** So many tasks its evaluation set has: a folder with fewer guards nothing. */
  readonly evaluationTasks: number
  /** `owner/name` on GitHub. */
  readonly repository: string
  readonly commit: string
  /** Git's ids of the folders that hold its tasks. They name content, however an archive of it was packed. */
  readonly trees: Readonly<Record<string, string>>
}

/** `arcloom` stands for the tasks in `data/tasks`. */
export type BenchmarkName = 'arc-agi-1' | 'arc-agi-2' | 'arcloom'

/** Those that have to be fetched, pinned: what they hold is known before. */
export const publishedBenchmarks: readonly Benchmark[] = [
  {
    name: 'arc-agi-1',
    folders: ['arc-agi-1', 'arc-agi'],
    evaluationTasks: 400,
    repository: 'fchollet/ARC-AGI',
    commit: '399030444e0ab0cc8b4e199870fb20b863846f34',
    trees: {
      'data/training': 'c00693818df744970c1cd3e201a559e30b070bbe',
      'data/evaluation': '4a19f8327d45dda5e1809ee47be08bf1484b493b',
    },
  },
  {
    name: 'arc-agi-2',
    folders: ['arc-agi-2'],
    evaluationTasks: 120,
    repository: 'arcprize/ARC-AGI-2',
    commit: 'f3283f727488ad98fe575ea6a5ac981e4a188e49',
    trees: {
      'data/training': 'dac7259367cc5099ef6a7b604a50a93affbbee33',
      'data/evaluation': '8d04288aac3146b7c47d0b799c18bc9c0217d838',
    },
  },
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
