/** The kinds of failure that cross from activities into workflows, distinguished by their `type`. */
export const failureTypes = {
  /** Worth another activity attempt: the retry policy decides when. */
  tryAgain: 'try-again',
  /** No request of this run can succeed until a person acts; the message has the provider's or the system's words. */
  stopRun: 'stop-run',
  /** The run is being ended, so nothing was sent. Not anybody's fault. */
  notStarted: 'not-started',
  /** Nothing usable came however often it was tried; this item fails, others continue. */
  gaveUp: 'gave-up',
  /** The request was not sent because its maximum cost does not fit into the run's budget. */
  budgetReached: 'budget-reached',
} as const
