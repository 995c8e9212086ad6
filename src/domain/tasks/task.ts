import type { Grid } from '../grids/grid.ts'
import type { Derivation } from './derivation.ts'

export interface Pair {
  readonly input: Grid
  readonly output: Grid
}

/** A test pair as published: the output is null if it is withheld, as in the hidden sets of competitions. */
export interface TestPair {
  readonly input: Grid
  readonly output: Grid | null
}

/** A task as posed. It can be viewed and worked on, whether or not its test outputs are known. */
export interface PosedTask<Test extends TestPair = TestPair> {
  readonly train: readonly Pair[]
  readonly test: readonly Test[]
}

/** What a task *is*: its pairs, with all outputs known, so that it can be scored. Names, versions and signers are kept separately. */
export interface TaskPairs extends PosedTask<Pair> {}

export function isPair(pair: TestPair): pair is Pair {
  return pair.output !== null
}

export function hasAllOutputs(task: PosedTask): task is TaskPairs {
  return task.test.every(isPair)
}

/** A task's name, and where it comes from. */
export interface TaskName {
  readonly taskId: string
  /** 0 is the task as published; others are derived from it by recorded transforms. */
  readonly version: number
  /** The dataset it came from, by name: `arc-agi-1`, or the folder's own. */
  readonly dataset: string
  /** The folder within the dataset: `training`, `evaluation` or another name. Scores never mix splits. */
  readonly split: string
  /** For a version whose dataset says how it was made. */
  readonly derivedFrom?: Derivation
}

/** One ARC task in one version, as in a dataset. */
export interface Task extends TaskName, TaskPairs {}
