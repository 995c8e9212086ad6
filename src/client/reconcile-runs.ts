import { RunNotFound, type RunStore } from '../adapters/stores/run-store.ts'
import { MalformedInput } from '../domain/malformed-input.ts'
import { isOpen } from '../domain/runs/run.ts'
import { isOfRun, isWorkflowOpen, openWorkflow, readMemo, type Opening } from './open-workflow.ts'

/** What was done with a run that the store says is open, or that cannot be read. */
export interface ReconciledRun {
  readonly runId: string
  readonly how:
    | 'goes on'
    | 'is restarted'
    | 'cannot continue: a workflow of that name belongs to another data folder'
    | `cannot be read: ${string}`
}

/**
 * Makes Temporal agree with the store. A run that the store says is open is restarted from its records if it has no open
 * workflow (its server was lost), or if its workflow belongs to other code and may not replay. A run that cannot be
 * read does not affect the others.
 */
export async function reconcileRuns(opening: Opening, store: RunStore): Promise<ReconciledRun[]> {
  const reconciled: ReconciledRun[] = []
  for (const runId of await store.listRuns()) {
    const how = await reconcileRun(opening, store, runId).catch(explainUnreadable)
    if (how !== undefined) reconciled.push({ runId, how })
  }
  return reconciled
}

/** @returns undefined for a run that has ended */
async function reconcileRun(
  opening: Opening,
  store: RunStore,
  runId: string,
): Promise<ReconciledRun['how'] | undefined> {
  const folder = await store.openRun(runId)
  const state = await folder.readState()
  if (!isOpen(state.state)) return undefined
  const handle = opening.client.workflow.getHandle(runId)
  const record = await folder.readRun()
  const memo = (await isWorkflowOpen(handle)) ? await readMemo(handle) : undefined
  if (memo && !isOfRun(memo, opening, record))
    return 'cannot continue: a workflow of that name belongs to another data folder'
  if (memo?.code === opening.code) return 'goes on'
  if (memo) await handle.terminate('its code has changed; it is restarted from its records')
  await openWorkflow(opening, record, state.controls, state.scope)
  return 'is restarted'
}

function explainUnreadable(error: unknown): ReconciledRun['how'] | undefined {
  // Removed since it was listed.
  if (error instanceof RunNotFound) return undefined
  if (error instanceof MalformedInput) return `cannot be read: ${error.message}`
  throw error
}
