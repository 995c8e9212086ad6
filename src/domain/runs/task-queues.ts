import type { SandboxChoice } from './sandbox-choice.ts'

/** The queues of one run. Workers on different stores on one Temporal server never take each other's work. */
export interface TaskQueues {
  /** Workflows, and the short activities that only touch the store. */
  readonly runs: string
  /** Calls to models. */
  readonly models: string
  /** Programs: as many at once as a worker has slots. */
  readonly sandbox: string
}

/** `unprotected` is for programs of runs without a sandbox; `sandbox` is served by workers that have one. */
export const queueKinds = ['runs', 'models', 'sandbox', 'unprotected'] as const

export type QueueKind = (typeof queueKinds)[number]

export function nameTaskQueue(storeId: string, kind: QueueKind): string {
  return `arcloom-${kind}-${storeId}`
}

export function nameTaskQueues(storeId: string, sandbox: SandboxChoice): TaskQueues {
  return {
    runs: nameTaskQueue(storeId, 'runs'),
    models: nameTaskQueue(storeId, 'models'),
    sandbox: nameTaskQueue(storeId, sandbox === 'none' ? 'unprotected' : 'sandbox'),
  }
}
