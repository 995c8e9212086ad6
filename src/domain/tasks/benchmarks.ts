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

/** Words that say in the name of a split or a folder that it is not for training. */
const evaluationWords: ReadonlySet<string> = new Set([
  'eval',
  'evals',
  'evaluation',
  'evaluations',
  'heldout',
  'hidden',
  'holdout',
  'private',
  'secret',
  'test',
  'testing',
  'tests',
  'val',
  'valid',
  'validation',
])

/** Names of splits that are not for training, in any case and among other words: `Evaluation`, `public_eval`, `held-out`. */
export function isEvaluationSplit(split: string): boolean {
  const words = split
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/(held|hold)[^a-z]?out/g, '$1out')
    .match(/[a-z]+/g)
  return (words ?? []).some((word) => evaluationWords.has(word))
}

/** Whether a task is called one for evaluation: by its split, or where its folder is called like no split, by the folder's name. */
export function isEvaluationName({ dataset, split }: Pick<ItemReference, 'dataset' | 'split'>): boolean {
  return isEvaluationSplit(split === 'all' ? dataset : split)
}
