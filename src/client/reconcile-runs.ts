import type { RunStore } from '../adapters/stores/run-store.ts'
import { isOpen } from '../domain/run.ts'
import { isOfRun, isWorkflowOpen, openWorkflow, readMemo, type Opening } from './open-workflow.ts'

/** What was done with a run that the store says is open. */
export interface ReconciledRun {
  readonly runId: string
  readonly how: 'goes on' | 'is started again' | 'cannot go on: a workflow of that name belongs to somebody else'
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
    const record = await folder.readRun()
    const memo = (await isWorkflowOpen(handle)) ? await readMemo(handle) : undefined
    if (memo && !isOfRun(memo, opening, record)) {
      reconciled.push({ runId, how: 'cannot go on: a workflow of that name belongs to somebody else' })
      continue
    }
    const goesOn = memo?.code === opening.code
    if (memo && !goesOn) await handle.terminate('its code has changed; it is started again from its records')
    if (!goesOn) await openWorkflow(opening, record, state.controls)
    reconciled.push({ runId, how: goesOn ? 'goes on' : 'is started again' })
  }
  return reconciled
}
