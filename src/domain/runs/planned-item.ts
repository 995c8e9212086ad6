/** One item as `plan` passes it to the run's workflow: references and small numbers. */
export interface PlannedItem {
  readonly key: string
  readonly taskId: string
  /**
   * One request per entry and sample: `[null]` if one request is about the whole task, otherwise the indices of the test pairs;
   * empty if nothing is asked.
   */
  readonly testPairs: readonly (number | null)[]
  /** The maximum cost of asking it, in USD; null if the model has no price or its answers no limit. */
  readonly mostUsd: number | null
}
