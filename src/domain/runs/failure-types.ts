/** The family of failures that cross from activities into workflows, told apart by their `type`. */
export const failureTypes = {
  /** Worth another activity attempt: the retry policy decides when. */
  tryAgain: 'try-again',
  /** No request of this run can succeed until a person acts; the message holds the provider's or the system's words. */
  stopRun: 'stop-run',
  /** The run is being ended, so nothing was sent. Not a fault of anything. */
  notStarted: 'not-started',
  /** Nothing usable came however often it was tried; this item fails, others go on. */
  gaveUp: 'gave-up',
  /** The request was not sent because the run's budget has no room for the most that it could cost. */
  budgetReached: 'budget-reached',
} as const
