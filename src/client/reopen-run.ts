import type { Client } from '@temporalio/client'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import { isOpen } from '../domain/runs/run.ts'
import type { Controls, RunScope } from '../domain/runs/specification.ts'
import {
  setBudgetSignal,
  setRequestsSignal,
  setSaveIntervalSignal,
  setStreamSignal,
  setWindowSignal,
} from '../workflows/messages.ts'
import { isWorkflowOpen, openWorkflow, type Opening } from './open-workflow.ts'

/**
 * Opens the workflow of a stored run, whether it ended, is open, or is open only in the store because its server was lost.
 * Its items are the original ones, except those already recorded.
 *
 * `state.json` has one writer at a time: the client while no workflow is open, then the workflow's activities.
 *
 * @param changes controls to change from now on
 */
export async function reopenRun(
  opening: Opening,
  folder: RunFolder,
  changes: Partial<Controls>,
  scope: RunScope = 'remaining',
): Promise<void> {
  const record = await folder.readRun()
  const state = await folder.readState()
  const controls = { ...state.controls, ...changes }
  if (isOpen(state.state)) {
    const handle = await openWorkflow(opening, record, controls, state.scope)
    // If it was already open, it was started with other controls.
    const { max_concurrent_tasks, max_concurrent_requests, save_interval, budget_usd, stream } = changes
    if (max_concurrent_tasks !== undefined) await handle.signal(setWindowSignal, max_concurrent_tasks)
    if (max_concurrent_requests !== undefined) await handle.signal(setRequestsSignal, max_concurrent_requests)
    if (save_interval !== undefined) await handle.signal(setSaveIntervalSignal, save_interval)
    if (budget_usd !== undefined) await handle.signal(setBudgetSignal, budget_usd)
    if (stream !== undefined) await handle.signal(setStreamSignal, stream)
    return
  }
  await untilClosed(opening.client, record.run_id)
  const at = new Date().toISOString()
  await folder.putState({
    ...state,
    state: 'running',
    reason: null,
    ending: null,
    controls,
    opened_at: at,
    scope,
    ended_at: null,
    updated_at: at,
  })
  try {
    await openWorkflow(opening, record, controls, scope)
  } catch (error) {
    await folder.putState(state)
    throw error
  }
}

/** A run records its end a moment before its workflow closes. */
async function untilClosed(client: Client, runId: string): Promise<void> {
  const handle = client.workflow.getHandle(runId)
  if (await isWorkflowOpen(handle)) await handle.result().catch(() => undefined)
}
