import type { ActivityInterceptorsFactory, NativeConnection, WorkerOptions } from '@temporalio/worker'
import type { createActivities } from '../activities/create-activities.ts'
import { standardPatience } from '../adapters/models/watch-reply.ts'
import { nameTaskQueue, type QueueKind } from '../domain/runs/task-queues.ts'
import { sandboxSlots } from './create-dependencies.ts'

export interface WorkerSetting {
  readonly connection: NativeConnection
  readonly namespace: string
  readonly identity: string
  readonly storeId: string
  readonly activities: ReturnType<typeof createActivities>
  readonly workflowBundle: { readonly codePath: string } | { readonly code: string }
}

/** More calls than any provider accepts at once: the gates decide, not this. */
const maxCalls = 1_000

/** The options of the worker on one queue. */
export function chooseOptions(
  kind: QueueKind,
  setting: WorkerSetting,
  interceptors: ActivityInterceptorsFactory[],
): WorkerOptions {
  const { connection, namespace, identity, storeId, activities, workflowBundle } = setting
  const common: WorkerOptions = {
    connection,
    namespace,
    identity,
    taskQueue: nameTaskQueue(storeId, kind),
    activities: activities[kind === 'unprotected' ? 'sandbox' : kind],
    interceptors: { activity: interceptors },
    // Without it a cancellation would reach an activity only after 80 % of its heartbeat timeout.
    maxHeartbeatThrottleInterval: '8 seconds',
    // A call in flight when the worker is told to end may finish and be stored; only a stream may take longer than this.
    shutdownGraceTime: standardPatience.timeoutMs + 10_000,
  }
  switch (kind) {
    case 'runs':
      return {
        ...common,
        workflowBundle,
        maxConcurrentActivityTaskExecutions: 64,
        // As many items as a run may have open, with room for runs.
        maxCachedWorkflows: 1_100,
        // After this, a dead worker's workflow tasks go to the next one.
        stickyQueueScheduleToStartTimeout: '2 seconds',
      }
    case 'models':
      return { ...common, maxConcurrentActivityTaskExecutions: maxCalls }
    case 'sandbox':
    case 'unprotected':
      return { ...common, maxConcurrentActivityTaskExecutions: sandboxSlots }
  }
}
