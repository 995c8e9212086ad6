/** The three queues of one store. Workers over different stores on one Temporal server never take each other's work. */
export interface TaskQueues {
  /** Workflows, and the short activities that only touch the store. */
  readonly runs: string
  /** Calls to models. */
  readonly models: string
  /** Programs: as many at once as a worker has slots. */
  readonly sandbox: string
}

export const queueKinds = ['runs', 'models', 'sandbox'] as const

export type QueueKind = (typeof queueKinds)[number]

export function nameTaskQueues(storeId: string): TaskQueues {
  return {
    runs: `arcloom-runs-${storeId}`,
    models: `arcloom-models-${storeId}`,
    sandbox: `arcloom-sandbox-${storeId}`,
  }
}
