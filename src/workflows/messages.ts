import { defineQuery, defineSignal } from '@temporalio/workflow'
import type { PlannedItem } from '../domain/runs/planned-item.ts'
import type { RunStateName } from '../domain/runs/run.ts'
import type { Controls, RunKind, RunScope } from '../domain/runs/specification.ts'
import type { TaskQueues } from '../domain/runs/task-queues.ts'
import type { Step } from '../domain/solvers/solver.ts'

/** No new request is sent until `unpause`; requests in flight are kept. */
export const pauseSignal = defineSignal('pause')
export const unpauseSignal = defineSignal('unpause')
/** Ends the run gracefully: sends nothing new, stores answers in flight, saves results. */
export const interruptSignal = defineSignal('interrupt')
/** Maximum number of items open at once. */
export const setWindowSignal = defineSignal<[maxConcurrentTasks: number]>('setWindow')
/** Maximum number of requests in flight at once. */
export const setRequestsSignal = defineSignal<[maxConcurrentRequests: number]>('setRequests')
/** Number of finished items between checkpoints. */
export const setSaveIntervalSignal = defineSignal<[saveInterval: number]>('setSaveInterval')
/** The budget in USD; null removes it. */
export const setBudgetSignal = defineSignal<[budgetUsd: number | null]>('setBudget')
/** Whether answers are asked for as streams. */
export const setStreamSignal = defineSignal<[stream: boolean]>('setStream')
/** Only the control state: every other number comes from the store. */
export const controlQuery = defineQuery<ControlState>('control')

/** How an open run is ending: `interrupt` lets calls in flight finish, `cancel` cuts them off. */
export type Ending = 'interrupt' | 'cancel'

export interface ControlState {
  readonly paused: boolean
  readonly ending: Ending | null
  readonly controls: Controls
}

/** How to show a workflow to people in the Temporal UI, and which attributes the server lets us set. */
export interface Labels {
  readonly kind: RunKind
  /** The registry's key; null if no model is asked. */
  readonly model: string | null
  /** False if Arcloom's search attributes are not registered on the server and cannot be. */
  readonly searchAttributes: boolean
}

export interface RunInput {
  readonly runId: string
  /** Which items to continue with: all without a record, or only those that failed. */
  readonly scope: RunScope
  readonly controls: Controls
  /** Whether nothing is sent until `unpause`; carried over when a run continues as new. */
  readonly paused: boolean
  readonly queues: TaskQueues
  readonly labels: Labels
  /** Maximum number of events in one history before the run continues as new. */
  readonly mostEvents: number
}

export interface RunEnding {
  readonly state: RunStateName
}

/** Input of the workflow of one batch. */
export interface BatchInput {
  readonly runId: string
  readonly batch: string
  readonly queues: TaskQueues
  /** Whether the run was paused when this was started; signals bring later changes. */
  readonly paused: boolean
}

/** Input common to every workflow of one item. */
export interface ItemInput {
  readonly runId: string
  readonly item: PlannedItem
  readonly queues: TaskQueues
  readonly labels: Labels
}

export interface TaskInput extends ItemInput {
  readonly samples: number
  readonly rounds: number
  /** What is asked first. Absent if the run was planned by an earlier version, which asked every sample once. */
  readonly opening?: readonly Step[]
  /** The run's control state when the task was started; signals bring later changes. */
  readonly paused: boolean
  /** Set if the run asks in batches: then the item finds its answers, or ends and waits for them. */
  readonly inBatches?: boolean
}

export interface ItemEnding {
  /** `not-finished`: the run was ended before the item was finished; its answers are stored. */
  readonly outcome: 'solved' | 'unsolved' | 'not-finished'
  /** Null if unknown. */
  readonly costUsd: number | null
  /** Set if it was not finished because a request did not fit into the run's budget. */
  readonly budgetReached?: true
  /** Set if it was not finished because it waits for answers that come with a batch. */
  readonly waits?: true
}
