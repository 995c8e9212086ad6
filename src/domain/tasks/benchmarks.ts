import type { ItemReference } from './item.ts'

/** A published set of tasks. A model that is to be measured by its evaluation tasks must not be trained on them. */
export interface Benchmark {
  /** Its name in `dataset fetch`; also the name of the folder it is fetched into. */
  readonly name: BenchmarkName
  /** The folder name of a checkout, in lower case. */
  readonly folders: readonly string[]
  /** Size of its evaluation set: a folder with fewer tasks is no guard. */
  readonly evaluationTasks: number
  /** `owner/name` on GitHub. */
  readonly repository: string
  readonly commit: string
  /** Git's ids of the folders with its tasks. They identify content, however an archive was packed. */
  readonly trees: Readonly<Record<string, string>>
}

/** `arcloom` stands for the tasks in `data/tasks`. */
export type BenchmarkName = 'arc-agi-1' | 'arc-agi-2' | 'arcloom'

/** The benchmarks that have to be fetched, pinned to their content. */
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

/** The published benchmark whose name a dataset has, if any. */
export function findBenchmark(dataset: string): Benchmark | undefined {
  return publishedBenchmarks.find(({ folders }) => folders.includes(dataset.toLowerCase()))
}

/** Words in the name of a split or a folder that mean it is not for training. */
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

/** Whether a task is labelled as evaluation: by its split or, if its folder is not named like a split, by the folder's name. */
export function isEvaluationName({ dataset, split }: Pick<ItemReference, 'dataset' | 'split'>): boolean {
  return isEvaluationSplit(split === 'all' ? dataset : split)
}
