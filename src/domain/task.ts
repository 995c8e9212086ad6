import type { Derivation } from './derivation.ts'
import type { Grid } from './grid.ts'

export interface Pair {
  readonly input: Grid
  readonly output: Grid
}

/** What a task *is*: its pairs. Names, versions and signers stand beside it. */
export interface TaskPairs {
  readonly train: readonly Pair[]
  readonly test: readonly Pair[]
}

/** One ARC task in one version, as a dataset holds it. */
export interface Task extends TaskPairs {
  readonly taskId: string
  /** 0 is the task as published; others are derived from it by recorded transforms. */
  readonly version: number
  /** The dataset it came from, by name: `arc-agi-1`, or the folder's own. */
  readonly dataset: string
  /** The folder within the dataset: `training`, `evaluation`, or what it is called. Scores are never mixed over splits. */
  readonly split: string
  /** Of a version whose dataset says how it came about. */
  readonly derivedFrom?: Derivation
}
