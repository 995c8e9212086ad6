import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  ChildWorkflowCancellationType,
  condition,
  ContinueAsNew,
  continueAsNew,
  isCancellation,
  ParentClosePolicy,
  sleep,
  startChild,
  WorkflowIdReusePolicy,
  workflowInfo,
  type ChildWorkflowHandle,
} from '@temporalio/workflow'
import type { FinishedRun } from '../activities/create-activities.ts'
import { failureTypes } from '../domain/runs/failure-types.ts'
import { fanOut, type Admission } from '../domain/runs/fan-out.ts'
import type { PlannedItem } from '../domain/runs/planned-item.ts'
import type { RunStateName } from '../domain/runs/run.ts'
import { nameTaskWorkflow } from '../domain/runs/workflow-ids.ts'
import { proxyStore, workflowTaskTimeout } from './activity-proxies.ts'
import { findFailure } from './find-failure.ts'
import type { ItemEnding, RunEnding, RunInput, TaskInput } from './messages.ts'
import { runBatches } from './run-batches.ts'
import { createRunControl, type RunControl } from './run-control.ts'
import { labelAttributes, showOutcome } from './search-attributes.ts'

type Store = ReturnType<typeof proxyStore>
type Plan = Awaited<ReturnType<Store['plan']>>
/** `task` or `verifyItem`, which uses only part of the input. */
type ItemWorkflow = (input: TaskInput) => Promise<ItemEnding>

/*
 * A run, from its first item to its results.
 *
 *   plan → [ window of task workflows ] → finish
 *               │ every save-interval finished items: checkpoint
 *
 * A history may have 51,200 events and becomes slow long before that. So when it grows long, the run starts nothing more, lets
 * open items settle, and continues as new, planning again whatever has no record.
 *
 * It ends in one of five ways, each followed by `finish` after every task has settled:
 *   complete         all items are recorded or have failed
 *   interrupted      by signal: nothing new starts, answers in flight are stored
 *   cancelled        by Temporal's cancellation: requests in flight are cut off
 *   budget-reached   the maximum cost of the next item, or of a request of an open one, could exceed the budget, and nothing
 *                    in flight can free any
 *   failed           a task found that no request can succeed; then the others end as if interrupted. Or `finish` found that
 *                    every request was rejected, or that results cannot be written
 *
 * The store is the truth: restarted under its id at any time, a run plans whatever has no record and continues.
 */
export async function run(input: RunInput): Promise<RunEnding> {
  const { runId } = input
  const store = proxyStore(input.queues)
  const control = createRunControl(input)
  let noting: Promise<void> = Promise.resolve()
  let failure: string | undefined
  try {
    const plan = await store.plan({ runId, scope: input.scope, paused: input.paused })
    // Not earlier: `plan` writes the state too, which has one writer at a time. Changes meanwhile are written now.
    // If it cannot be written for a day, the run does not depend on it: `finish` records the end.
    noting = noteChanges(control, store, runId).catch(() => undefined)
    const result = await (input.controls.batch === undefined ? runItems : runInBatches)(input, control, store, plan)
    if (result === 'history-full' && (await isToGoOn(control, noting))) {
      return await continueAsNew<typeof run>({ ...input, controls: control.controls, paused: control.paused })
    }
    failure = result === 'history-full' ? undefined : result.failure
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error
    if (!isCancellation(error)) failure = findFailure(error).message
  }
  const ending = nameEnding(control, failure)
  control.done = true
  const { state, reason } = await CancellationScope.nonCancellable(async () => {
    await noting
    const endedAt = new Date().toISOString()
    const end = { runId, state: ending, reason: failure ?? null, endedAt }
    // Histories of older code have no result here.
    const finished: FinishedRun | undefined = await store.finish.executeWithOptions({ summary: ending }, [end])
    return finished ?? end
  })
  showOutcome(input.labels, state)
  // So that Temporal's UI shows how the run ended, and why.
  if (state === 'failed') throw ApplicationFailure.nonRetryable(reason ?? 'failed', failureTypes.stopRun)
  if (state === 'cancelled') throw new CancelledFailure('cancelled')
  return { state }
}

/** Waits until everything is written; a request to end must not get lost between two histories. */
async function isToGoOn(control: RunControl, noting: Promise<void>): Promise<boolean> {
  control.done = true
  await noting
  return control.ending === null
}

function nameEnding(control: RunControl, failure: string | undefined): RunStateName {
  if (failure !== undefined) return 'failed'
  if (control.ending === 'cancel') return 'cancelled'
  if (control.ending === 'interrupt') return 'interrupted'
  return control.budgetReached ? 'budget-reached' : 'complete'
}

interface ItemsResult {
  /** Why the run had to stop, in words, if it had to. */
  readonly failure: string | undefined
  /** Items that wait for answers that come with a batch. */
  readonly waiting: readonly PlannedItem[]
}

/**
 * Round by round: what is wanted next goes into batches, and when these are collected, the items go on with the answers they find.
 * It ends when no item waits any more.
 */
async function runInBatches(
  input: RunInput,
  control: RunControl,
  store: Store,
  plan: Plan,
): Promise<ItemsResult | 'history-full'> {
  const { runId, scope } = input
  let items = plan.items
  for (let round = 0; items.length > 0 && control.ending === null && !control.budgetReached; round += 1) {
    await condition(() => !control.paused || control.ending !== null)
    if (control.ending !== null) break
    const { batches } = await store.buildBatches({ runId, scope })
    if (batches.length === 0 && round > 0) {
      // Whatever is wanted has no room in the budget.
      control.budgetReached = true
      break
    }
    const failure = await runBatches(input, control, batches)
    if (failure !== undefined) return { failure, waiting: [] }
    const result = await runItems(input, control, store, { ...plan, items })
    if (result === 'history-full' || result.failure !== undefined) return result
    items = result.waiting
  }
  return { failure: undefined, waiting: [] }
}

/** What an open item may still add to the history: its start and its end, each with the following workflow task. */
const eventsPerOpenItem = 8

/** @returns `history-full` if items are left for a new history */
async function runItems(
  input: RunInput,
  control: RunControl,
  store: Store,
  plan: Plan,
): Promise<ItemsResult | 'history-full'> {
  const { runId } = input
  let failure: string | undefined
  let finished = 0
  let checkpointing: Promise<unknown> = Promise.resolve()
  let historyFull = false
  const spending = createSpending(control, plan.spentUsd)

  const waiting: PlannedItem[] = []
  // What comes in a batch is reserved in the ledger; what is asked alone looks there before it is sent.
  const isReserved = control.controls.batch !== undefined

  const admit = (item: PlannedItem, underWay: number): Admission => {
    if (control.ending !== null || control.budgetReached || historyFull) return 'end'
    historyFull = workflowInfo().historyLength + eventsPerOpenItem * underWay > input.mostEvents
    if (historyFull) return 'end'
    if (control.paused || underWay >= control.controls.max_concurrent_tasks) return 'wait'
    if (isReserved || spending.fits(item, control.controls.budget_usd)) return 'start'
    return underWay > 0 ? 'wait' : 'end'
  }

  const results = await fanOut(
    plan.items,
    { admit, waitUntil: (ready) => CancellationScope.nonCancellable(() => condition(ready)) },
    async (item) => {
      spending.reserve(item)
      try {
        const { budgetReached, waits } = await runTask(input, control, plan, item)
        if (budgetReached) control.budgetReached = true
        if (waits) waiting.push(item)
      } catch (error) {
        const found = findFailure(error)
        if (found.type === failureTypes.stopRun && failure === undefined) {
          failure = found.message
          control.interrupt()
        }
        throw error
      } finally {
        await spending.settle(item, () => store.readSpending({ runId }))
        finished += 1
        if (finished % control.controls.save_interval === 0) {
          // One after the other, without blocking the items.
          checkpointing = checkpointing
            .then(() => CancellationScope.nonCancellable(() => store.checkpoint({ runId })))
            .catch(() => undefined) // `finish` appends what is missing, and fails where that cannot be done
        }
      }
    },
  )
  await checkpointing
  const left = control.ending === null && results.some((result) => result.status === 'not-started')
  if (left && historyFull && !control.budgetReached) return 'history-full'
  control.budgetReached ||= left
  return { failure, waiting }
}

/**
 * Spending so far and possible spending, in USD. Only the ledger knows what is spent: failed and lost requests cost too. So with a
 * budget, an item releases its reserve only after the ledger has been read again. An item without a price never counts: such a
 * model accepts no budget.
 */
function createSpending(control: RunControl, spentUsd: number) {
  let spent = spentUsd
  let reserved = 0
  return {
    fits: (item: PlannedItem, budgetUsd: number | null) =>
      budgetUsd === null || spent + reserved + (item.mostUsd ?? 0) <= budgetUsd,
    reserve: (item: PlannedItem) => {
      reserved += item.mostUsd ?? 0
    },
    async settle(item: PlannedItem, readSpending: () => Promise<number>): Promise<void> {
      const counted = control.controls.budget_usd !== null
      // The larger of two readings is the later one.
      if (counted) spent = Math.max(spent, await CancellationScope.nonCancellable(readSpending))
      reserved -= item.mostUsd ?? 0
    },
  }
}

async function runTask(input: RunInput, control: RunControl, plan: Plan, item: PlannedItem): Promise<ItemEnding> {
  const paused = control.paused
  const child = await startTask(input, control, plan, item, paused)
  const stopForwarding = control.forwardTo(child, paused)
  try {
    return await child.result()
  } finally {
    stopForwarding()
  }
}

/**
 * Starts the workflow of one item. If it is "already started", it belongs to a run that is ending (terminated, or winding
 * down): wait and retry.
 */
async function startTask(
  input: RunInput,
  control: RunControl,
  plan: Plan,
  item: PlannedItem,
  paused: boolean,
): Promise<ChildWorkflowHandle<ItemWorkflow>> {
  const { runId, queues, labels } = input
  const { samples, rounds, opening } = plan
  for (;;) {
    try {
      return await startChild<ItemWorkflow>(labels.kind === 'verification' ? 'verifyItem' : 'task', {
        workflowId: nameTaskWorkflow(runId, item.key),
        taskQueue: queues.runs,
        workflowTaskTimeout,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
        // A terminated run is restarted from its records. Its calls may arrive: nobody asked to cut them off.
        parentClosePolicy: ParentClosePolicy.TERMINATE,
        staticSummary: labels.model === null ? item.key : `${item.key} · ${samples} × ${labels.model}`,
        typedSearchAttributes: labelAttributes(runId, labels, item.taskId),
        args: [
          {
            runId,
            item,
            samples,
            rounds,
            opening,
            queues,
            labels,
            paused,
            ...(input.controls.batch && { inBatches: true }),
          },
        ],
      })
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      if (control.ending !== null) throw ApplicationFailure.nonRetryable('the run is ending', failureTypes.notStarted)
      await sleep('1 second')
    }
  }
}

/** Writes the control state to the store whenever it changes, so that `status` and calls about to be sent see it. */
async function noteChanges(control: RunControl, store: Store, runId: string): Promise<void> {
  await CancellationScope.nonCancellable(async () => {
    for (;;) {
      await condition(() => control.changed || control.done)
      if (!control.changed) return
      control.changed = false
      await store.noteControl({ runId, paused: control.paused, ending: control.ending, controls: control.controls })
      control.announce()
    }
  })
}
