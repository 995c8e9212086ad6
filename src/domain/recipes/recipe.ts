import type { Grid } from '../grids/grid.ts'
import type { GridEncoding } from '../grids/render-grid.ts'
import type { Pair } from '../tasks/task.ts'
import type { ShownTry } from './shown-try.ts'

export interface Message {
  /** `developer` is what some models call `system`; recipes write `system`. */
  readonly role: 'system' | 'developer' | 'user' | 'assistant'
  readonly content: string
  /** Key of the stored answer that goes back to its model whole in place of this content; only where the API takes it. */
  readonly answer?: string
}

/** The outcome of an answer. `rejected` (the provider refused the request) is decided before there is a text. */
export type Outcome = 'answered' | 'refused' | 'truncated' | 'unparseable' | 'rejected'

/** A model's reply, reduced to what recipes read. */
export interface Reply {
  readonly text: string
  /** The provider's own reasoning field, if any. It is stored beside the answer and never mixed into it. */
  readonly reasoning?: string
  /** The provider's stop reason: `stop`, `length`, `MAX_TOKENS`, `content_filter`… (`findEnding` reads it). */
  readonly finishReason: string
  /** The provider's refusal field. */
  readonly refusal?: string
}

export interface Extraction {
  readonly outcome: Outcome
  /** The text around the program or the grid; the whole text if there is none. */
  readonly reasoning: string
  /** Present exactly when the outcome is `answered`, in recipes that ask for a program. */
  readonly program?: string
  /** Present exactly when the outcome is `answered`, in recipes that ask for a grid. */
  readonly grid?: Grid
  /** Why there was nothing to read, if the text alone does not show it: the content was empty, the thinking never ended. */
  readonly problem?: string
}

/** The parts of a task that a model may see. It has no place for a test output, so no recipe can show one. */
export interface ShownTask {
  readonly train: readonly Pair[]
  readonly testInputs: readonly Grid[]
}

export type RecipeName = 'reasoning' | 'code' | 'direct'

/** What the model is asked, in one file: how an item becomes messages and how an answer becomes an outcome. */
export interface Recipe {
  readonly name: RecipeName
  /** Raised whenever the wording changes; in `run.json` beside the hash of the prompts. */
  readonly version: number
  /** What an answer should contain: this decides what can be verified, and whether a sandbox is needed. */
  readonly asksFor: 'explanation' | 'program' | 'grid'
  /** Whether each test input is a separate request, answered with a grid, or one request is about the whole task. */
  readonly asksPerTestInput: boolean
  /** @param testPair index of the test pair asked about, in recipes that ask per test input; null in the others. */
  renderMessages(task: ShownTask, testPair: number | null, encoding?: GridEncoding): Message[]
  /** Never throws: whatever a model writes has an outcome. */
  extractAnswer(reply: Reply): Extraction
  /**
   * What is sent back after programs failed a train pair, following the question's messages. Absent in recipes without
   * feedback rounds.
   *
   * @param tries ordered by score, the best last
   */
  readonly renderFeedback?: (tries: readonly ShownTry[], encoding?: GridEncoding) => Message[]
}
