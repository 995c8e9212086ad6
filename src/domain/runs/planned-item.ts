/** One item as `plan` hands it to the run's workflow: references and small numbers. */
export interface PlannedItem {
  readonly key: string
  readonly taskId: string
  /**
   * One request per entry and sample: `[null]` where one request is about the whole task, else the indices of the test pairs;
   * none where nothing is asked.
   */
  readonly testPairs: readonly (number | null)[]
  /** The most that asking it can cost, in USD; null where the model has no price or its answers no limit. */
  readonly mostUsd: number | null
}
