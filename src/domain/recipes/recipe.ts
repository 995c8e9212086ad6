import type { Grid } from '../grids/grid.ts'
import type { GridEncoding } from '../grids/render-grid.ts'
import type { Pair } from '../tasks/task.ts'
import type { ShownTry } from './shown-try.ts'

export interface Message {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** What came of an answer. `rejected` (the provider would not take the request) is decided before there is a text. */
export type Outcome = 'answered' | 'refused' | 'truncated' | 'unparseable' | 'rejected'

/** What a model sent back, reduced to what recipes read. */
export interface Reply {
  readonly text: string
  /** The provider's own reasoning field, if any. It is stored beside the answer and never mixed into it. */
  readonly reasoning?: string
  /** `finish_reason` in the provider's own word: `stop`, `length`, `MAX_TOKENS`, `content_filter`… (`findEnding` reads it). */
  readonly finishReason: string
  /** The provider's refusal field. */
  readonly refusal?: string
}

export interface Extraction {
  readonly outcome: Outcome
  /** The text around the program or the grid; all of the text where there is none. */
  readonly reasoning: string
  /** Present exactly when the outcome is `answered`, in recipes that ask for a program. */
  readonly program?: string
  /** Present exactly when the outcome is `answered`, in recipes that ask for a grid. */
  readonly grid?: Grid
  /** Why there was nothing to read, where the text alone does not show it: the content was empty, the thinking never ended. */
  readonly problem?: string
}

/** What a model may see of a task. It has no place for a test output, so no recipe can show one. */
export interface ShownTask {
  readonly train: readonly Pair[]
  readonly testInputs: readonly Grid[]
}

export type RecipeName = 'reasoning' | 'code' | 'direct'

/** What is asked of the model, in one file: how an item becomes messages and how an answer becomes an outcome. */
export interface Recipe {
  readonly name: RecipeName
  /** Raised whenever the wording changes; stands in `run.json` beside the hash of the prompts. */
  readonly version: number
  /** What an answer is to hold: what can be checked of it depends on that, and whether a sandbox is needed. */
  readonly asksFor: 'explanation' | 'program' | 'grid'
  /** Whether each test input is a request of its own, answered by a grid, or one request is about the whole task. */
  readonly asksPerTestInput: boolean
  /** @param testPair index of the test pair asked for, in recipes that ask per test input; null in the others. */
  renderMessages(task: ShownTask, testPair: number | null, encoding?: GridEncoding): Message[]
  /** Never throws: whatever a model writes has an outcome. */
  extractAnswer(reply: Reply): Extraction
  /**
   * What goes back after programs that failed a train pair; it follows the question's messages. Absent in recipes that have no
   * feedback rounds.
   *
   * @param tries in order of their score, the best last
   */
  readonly renderFeedback?: (tries: readonly ShownTry[], encoding?: GridEncoding) => Message[]
}
