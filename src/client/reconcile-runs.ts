import type { RunStore } from '../adapters/stores/run-store.ts'
import { isOpen } from '../domain/run.ts'
import { isWorkflowOpen, openWorkflow, readMemo, type Opening } from './open-workflow.ts'

/** What was done with a run that the store says is open. */
export interface ReconciledRun {
  readonly runId: string
  readonly how: 'went on' | 'started again'
}

/**
 * Makes Temporal agree with the store: a run that the store says is open but that has no open workflow (its server was
 * lost), or whose workflow belongs to other code and may not replay, is started again from its records.
 */
export async function reconcileRuns(opening: Opening, store: RunStore): Promise<ReconciledRun[]> {
  const reconciled: ReconciledRun[] = []
  for (const runId of await store.listRuns()) {
    const folder = await store.openRun(runId)
    const state = await folder.readState()
    if (!isOpen(state.state)) continue
    const handle = opening.client.workflow.getHandle(runId)
    const open = await isWorkflowOpen(handle)
    const sameCode = open && (await readMemo(handle))?.code === opening.code
    if (open && !sameCode) await handle.terminate('its code has changed; it is started again from its records')
    if (!sameCode) await openWorkflow(opening, await folder.readRun(), state.controls)
    reconciled.push({ runId, how: sameCode ? 'went on' : 'started again' })
  }
  return reconciled
}
