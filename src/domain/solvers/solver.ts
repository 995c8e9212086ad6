import type { Outcome } from '../recipes/recipe.ts'
import type { PairVerdict } from '../runs/record.ts'

/**
 * Decides what is asked next of an item. A recipe says how a question is worded; a solver says which questions are asked.
 *
 * It is called with an empty history once for a whole run, and then for each item whenever everything it asked for has been
 * answered and every program verified. What it decides is stored and never decided again (`docs/extending.md`).
 */
export interface Solver {
  /** As `--solver` and `run.json` name it. */
  readonly name: string
  /** Pure: the same history, the same steps. `done` when nothing more is to be asked; the item is recorded then. */
  next(history: History): Decision
}

/** All steps of a decision are taken at once, and the next decision waits for all of them. */
export type Decision = readonly Step[] | 'done'

/**
 * Asks this sample (0-based) its next question. In its first round that is the task alone; after that it is the task and the
 * sample's earlier programs, with what each did on the train pairs.
 */
export interface Step {
  readonly ask: number
}

/** What happened to an item so far. It holds nothing that depends on a test output, so no solver can be guided by one. */
export interface History {
  readonly limits: SolverLimits
  /** Empty before anything was asked. */
  readonly samples: readonly PastSample[]
}

/** What the run allows, and what its budget is reckoned by. */
export interface SolverLimits {
  /** Samples of an item. */
  readonly samples: number
  /** Rounds of a sample. */
  readonly rounds: number
}

/** By round, the answers of one sample: one each, or one for each test input where the recipe asks that way. */
export type PastSample = readonly (readonly PastAnswer[])[]

export interface PastAnswer {
  /** Where it is in the store. The hash of its question, so it refers to that too. */
  readonly key: string
  readonly outcome: Outcome
  /** What its program did with each train pair; null where it holds no program. */
  readonly train: readonly TrainVerdict[] | null
}

export type TrainVerdict = Pick<PairVerdict, 'verdict' | 'cells_right' | 'cells'>
