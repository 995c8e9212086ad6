import {
  CancellationScope,
  setHandler,
  type ChildWorkflowHandle,
  type SignalDefinition,
  type Workflow,
} from '@temporalio/workflow'
import type { Controls } from '../domain/runs/specification.ts'
import {
  controlQuery,
  interruptSignal,
  pauseSignal,
  setBudgetSignal,
  setRequestsSignal,
  setSaveIntervalSignal,
  setStreamSignal,
  setWindowSignal,
  unpauseSignal,
  type Ending,
  type RunInput,
} from './messages.ts'

export interface RunControl {
  paused: boolean
  /** How the run is being ended, if it is. `cancel` overrides `interrupt`, never the other way round. */
  ending: Ending | null
  budgetReached: boolean
  controls: Controls
  /** Whether the store has yet to be told. */
  changed: boolean
  /** Set by the run when it has nothing more to record. */
  done: boolean
  interrupt(): void
  /** Tells open tasks about a change once it is in the store: a call that gives up must find the reason there. */
  announce(): void
  /**
   * @param startedPaused what the task was told when it was started
   * @returns a function that stops forwarding, for when the task has ended
   */
  forwardTo(task: ChildWorkflowHandle<Workflow>, startedPaused: boolean): () => void
}

/** A run's control state and all its message handlers. They are set before the first await, so no early signal is missed. */
export function createRunControl({ controls, paused }: Pick<RunInput, 'controls' | 'paused'>): RunControl {
  const tasks = new Set<ChildWorkflowHandle<Workflow>>()
  let told = { paused, interrupted: false }
  const control: RunControl = {
    paused,
    ending: null,
    budgetReached: false,
    controls,
    changed: false,
    done: false,
    interrupt() {
      control.ending ??= 'interrupt'
      control.changed = true
    },
    announce() {
      const interrupted = control.ending !== null
      for (const task of tasks) {
        if (control.paused !== told.paused) signal(task, control.paused ? pauseSignal : unpauseSignal)
        if (interrupted && !told.interrupted) signal(task, interruptSignal)
      }
      told = { paused: control.paused, interrupted }
    },
    forwardTo(task, startedPaused) {
      tasks.add(task)
      // Something may have changed while it was being started.
      if (startedPaused !== told.paused) signal(task, told.paused ? pauseSignal : unpauseSignal)
      if (told.interrupted) signal(task, interruptSignal)
      return () => tasks.delete(task)
    },
  }
  setHandler(pauseSignal, () => {
    control.paused = true
    control.changed = true
  })
  setHandler(unpauseSignal, () => {
    control.paused = false
    control.changed = true
  })
  setHandler(interruptSignal, () => control.interrupt())
  setHandler(setWindowSignal, (window) => {
    control.controls = { ...control.controls, max_concurrent_tasks: window }
    control.changed = true
  })
  setHandler(setRequestsSignal, (requests) => {
    control.controls = { ...control.controls, max_concurrent_requests: requests }
    control.changed = true
  })
  setHandler(setSaveIntervalSignal, (saveInterval) => {
    control.controls = { ...control.controls, save_interval: saveInterval }
    control.changed = true
  })
  setHandler(setBudgetSignal, (budgetUsd) => {
    control.controls = { ...control.controls, budget_usd: budgetUsd }
    control.changed = true
  })
  setHandler(setStreamSignal, (stream) => {
    control.controls = { ...control.controls, stream }
    control.changed = true
  })
  setHandler(controlQuery, () => ({ paused: control.paused, ending: control.ending, controls: control.controls }))
  CancellationScope.current().cancelRequested.catch(() => {
    control.ending = 'cancel'
    control.changed = true
  })
  return control
}

/** A task that ended meanwhile cannot be told, and need not be. */
function signal(task: ChildWorkflowHandle<Workflow>, definition: SignalDefinition): void {
  task.signal(definition).catch(() => undefined)
}
