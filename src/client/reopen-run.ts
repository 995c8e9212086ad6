import type { Client } from '@temporalio/client'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import { isOpen } from '../domain/runs/run.ts'
import type { Controls, RunScope } from '../domain/runs/specification.ts'
import { setBudgetSignal, setSaveIntervalSignal, setWindowSignal } from '../workflows/messages.ts'
import { isWorkflowOpen, openWorkflow, type Opening } from './open-workflow.ts'

/**
 * Opens the workflow of a stored run, whether it ended, is open, or is open in the store alone because its server was lost.
 * Its items are those that it was created with, less what is recorded.
 *
 * `state.json` has one writer at a time: the client while no workflow is open, the workflow's activities from its start on.
 *
 * @param changes controls that are to differ from now on
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
    // Where it was open already, it was started with other controls.
    const { max_concurrent_tasks, save_interval, budget_usd } = changes
    if (max_concurrent_tasks !== undefined) await handle.signal(setWindowSignal, max_concurrent_tasks)
    if (save_interval !== undefined) await handle.signal(setSaveIntervalSignal, save_interval)
    if (budget_usd !== undefined) await handle.signal(setBudgetSignal, budget_usd)
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

/** A run notes its end a moment before its workflow closes. */
async function untilClosed(client: Client, runId: string): Promise<void> {
  const handle = client.workflow.getHandle(runId)
  if (await isWorkflowOpen(handle)) await handle.result().catch(() => undefined)
}
