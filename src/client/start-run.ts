import type { NewRun, RunFolder, RunStore } from '../adapters/stores/run-store.ts'
import { messageOf } from '../domain/message-of.ts'
import { isOpen } from '../domain/runs/run.ts'
import { describeDifferences, type Controls } from '../domain/runs/specification.ts'
import type { Opening } from './open-workflow.ts'
import { reopenRun } from './reopen-run.ts'

/** The name belongs to a run with another specification. */
export class RunDiffers extends Error {
  override readonly name = 'RunDiffers'
  readonly differences: readonly string[]

  constructor(runId: string, differences: readonly string[]) {
    super(`There is already a different run "${runId}": ${differences.join('; ')}. Give this one another --name.`)
    this.differences = differences
  }
}

export interface StartedRun {
  readonly folder: RunFolder
  /** `created` now, `attached` to an open run, `resumed` one that had ended, or left as it is: `complete`, or `ended` otherwise. */
  readonly how: 'created' | 'attached' | 'resumed' | 'complete' | 'ended'
}

/**
 * Starts a run, or attaches to the run of that name if it asks the same questions. A complete run is left as it is.
 *
 * @param changes controls that were explicitly given: an open run adopts them
 * @param options.resumeEnded whether a run of that name that has ended continues
 * @throws {RunDiffers} if the name belongs to a run that asks something else
 */
export async function startRun(
  opening: Opening,
  store: RunStore,
  wanted: NewRun,
  changes: Partial<Controls> = {},
  { resumeEnded = true }: { readonly resumeEnded?: boolean } = {},
): Promise<StartedRun> {
  const created = await store.createRun(wanted)
  const folder = created ?? (await store.openRun(wanted.run.run_id))
  const record = await folder.readRun()
  if (record.specification_hash !== wanted.run.specification_hash) {
    throw new RunDiffers(record.run_id, describeDifferences(record.specification, wanted.run.specification))
  }
  const { state } = await folder.readState()
  if (state === 'complete') return { folder, how: 'complete' }
  if (!resumeEnded && !isOpen(state)) return { folder, how: 'ended' }
  try {
    await reopenRun(opening, folder, created ? {} : changes)
  } catch (error) {
    if (created) await noteRefusal(folder, error)
    throw error
  }
  return { folder, how: created ? 'created' : isOpen(state) ? 'attached' : 'resumed' }
}

/** A run that could not be started is not open: otherwise something might start it later, unasked. */
async function noteRefusal(folder: RunFolder, error: unknown): Promise<void> {
  const at = new Date().toISOString()
  const reason = messageOf(error)
  await folder.putState({ ...(await folder.readState()), state: 'failed', reason, ended_at: at, updated_at: at })
}
