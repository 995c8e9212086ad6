import { defineQuery, defineSignal } from '@temporalio/workflow'
import type { PlannedItem } from '../domain/runs/planned-item.ts'
import type { RunStateName } from '../domain/runs/run.ts'
import type { Controls, RunKind, RunScope } from '../domain/runs/specification.ts'
import type { TaskQueues } from '../domain/runs/task-queues.ts'
import type { Step } from '../domain/solvers/solver.ts'

/** No new request is sent until `unpause`; what is in flight is kept. */
export const pauseSignal = defineSignal('pause')
export const unpauseSignal = defineSignal('unpause')
/** Ends the run gracefully: nothing new is sent, what is in flight is stored, results are saved. */
export const interruptSignal = defineSignal('interrupt')
/** How many items may be open at once. */
export const setWindowSignal = defineSignal<[maxConcurrentTasks: number]>('setWindow')
/** How many finished items between two checkpoints. */
export const setSaveIntervalSignal = defineSignal<[saveInterval: number]>('setSaveInterval')
/** The budget in USD; null lifts it. */
export const setBudgetSignal = defineSignal<[budgetUsd: number | null]>('setBudget')
/** The control state alone: every other number comes from the store. */
export const controlQuery = defineQuery<ControlState>('control')

/** How an open run is ending: `interrupt` lets calls in flight finish, `cancel` cuts them. */
export type Ending = 'interrupt' | 'cancel'

export interface ControlState {
  readonly paused: boolean
  readonly ending: Ending | null
  readonly controls: Controls
}

/** What is needed to show a workflow to people in the Temporal UI, and which attributes the server lets us set. */
export interface Labels {
  readonly kind: RunKind
  /** The registry's key; null where no model is asked. */
  readonly model: string | null
  /** False on a server where Arcloom's search attributes are not, and may not be, registered. */
  readonly searchAttributes: boolean
}

export interface RunInput {
  readonly runId: string
  /** Which items are gone on with: all that are not recorded, or only those that failed. */
  readonly scope: RunScope
  readonly controls: Controls
  /** Whether nothing is sent until `unpause`: a run that continues as new carries it on. */
  readonly paused: boolean
  readonly queues: TaskQueues
  readonly labels: Labels
  /** How many events one history may hold before the run continues in a new one. */
  readonly mostEvents: number
}

export interface RunSummary {
  readonly state: RunStateName
}

/** What every workflow of one item is given. */
export interface ItemInput {
  readonly runId: string
  readonly item: PlannedItem
  readonly queues: TaskQueues
  readonly labels: Labels
}

export interface TaskInput extends ItemInput {
  readonly samples: number
  readonly rounds: number
  /** What is asked first. */
  readonly opening: readonly Step[]
  /** The run's control state when the task was started; signals bring what changes after. */
  readonly paused: boolean
}

export interface TaskSummary {
  /** `not-finished`: the run was ended before the item was; what was answered is stored. */
  readonly outcome: 'solved' | 'unsolved' | 'not-finished'
  /** Null where nobody knows. */
  readonly costUsd: number | null
  /** Set where it was not finished because a request of it had no room in the run's budget. */
  readonly budgetReached?: true
}
