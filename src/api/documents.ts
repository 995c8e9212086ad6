import type { Distance } from '../domain/distance.ts'
import type { Grid } from '../domain/grid.ts'
import type { Pair } from '../domain/task.ts'

/*
 * What the API sends and takes, as JSON. The page imports these types and nothing else of the API.
 */

export interface Place {
  readonly dataset: string
  readonly split: string
}

/** One task in the gallery: enough to show, search and filter 1,520 of them without asking again. */
export interface TaskSummary {
  readonly key: string
  readonly task_id: string
  readonly places: readonly Place[]
  /** Packed grids of the first train pair, `012/345`. */
  readonly input: string
  readonly output: string
  readonly train: number
  readonly test: number
  /** The longest side of any grid that is shown: train pairs and test inputs. */
  readonly largest_side: number
  /** How many there are besides the task as published. */
  readonly versions: number
  readonly traces: number
}

export interface CatalogueDocument {
  readonly tasks: readonly TaskSummary[]
  /** Files that could not be read, in words. */
  readonly faults: readonly string[]
}

/** A task as the page shows it. The outputs of its test pairs stay with the server. */
export interface TaskDocument {
  readonly key: string
  readonly task_id: string
  readonly places: readonly Place[]
  /** Content hash of what is shown. */
  readonly hash: string
  readonly train: readonly Pair[]
  readonly test_inputs: readonly Grid[]
}

/** What was asked for is several tasks of one id. */
export interface AmbiguousTask {
  readonly same_id: readonly { readonly key: string; readonly places: readonly Place[] }[]
}

export interface DistanceDocument {
  readonly distance: Distance
  /** Row and column of the cells that differ; only when asked for. */
  readonly differing?: readonly (readonly [number, number])[]
}

/** What was said of one grid that was submitted. */
export interface SubmissionDocument {
  readonly correct: boolean
  readonly try: number
}

/** Every failure, with any 4xx or 5xx. */
export interface ProblemDocument {
  readonly error: { readonly type: string; readonly message: string; readonly place?: string }
}
