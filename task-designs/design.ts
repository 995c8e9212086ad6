import type { Pair } from '../src/domain/tasks/task.ts'
import type { Random } from './random.ts'

/** How one task is made: its rule as a function that draws a pair, as a person who knows the rule would. */
export interface Design {
  /** The file's name and the task's id. */
  readonly name: string
  readonly split: 'training' | 'evaluation'
  /** What the task is about, in one line, for people who browse; no model is shown it. */
  readonly about: string
  readonly train: number
  readonly test: number
  /**
   * @param index counts over train and test pairs, for designs whose pairs must differ in a certain way
   * @returns null when chance drew something that shows the rule badly; then it is asked again
   */
  drawPair(random: Random, index: number): Pair | null
}
