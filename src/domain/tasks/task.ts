import type { Grid } from '../grids/grid.ts'
import type { Derivation } from './derivation.ts'

export interface Pair {
  readonly input: Grid
  readonly output: Grid
}

/** A test pair as it may be published: null where its output is kept back, as in the hidden sets of competitions. */
export interface TestPair {
  readonly input: Grid
  readonly output: Grid | null
}

/** A task as it is posed. It can be looked at and worked on whatever is known of its test outputs. */
export interface PosedTask<Test extends TestPair = TestPair> {
  readonly train: readonly Pair[]
  readonly test: readonly Test[]
}

/** What a task *is*: its pairs, all outputs known, so that it can be scored. Names, versions and signers stand beside it. */
export interface TaskPairs extends PosedTask<Pair> {}

export function isPair(pair: TestPair): pair is Pair {
  return pair.output !== null
}

export function hasAllOutputs(task: PosedTask): task is TaskPairs {
  return task.test.every(isPair)
}

/** What a task is called, and where it stands. */
export interface TaskName {
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

/** One ARC task in one version, as a dataset holds it. */
export interface Task extends TaskName, TaskPairs {}
