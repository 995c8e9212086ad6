import type { RunFolder } from '../adapters/stores/run-store.ts'
import { steerRun, type Steering } from '../client/steer-run.ts'
import { isOpen } from '../domain/runs/run.ts'
import { UsageError } from '../domain/usage-error.ts'
import type { TemporalSession } from './open-session.ts'

/** Checked before anything is started for it. @throws {UsageError} if the run has ended */
export async function needOpenRun(folder: RunFolder): Promise<void> {
  const { state } = await folder.readState()
  if (isOpen(state)) return
  const step = state === 'complete' ? '' : ` To continue: npx arcloom resume ${folder.runId}`
  throw new UsageError(`${folder.runId} is not open: it is ${state}.${step}`)
}

/** Returns when the server has accepted the message; its effect shows in the store. @throws {UsageError} if no workflow is open */
export async function steer({ client }: TemporalSession, { runId }: RunFolder, steering: Steering): Promise<void> {
  if (await steerRun(client, runId, steering)) return
  throw new UsageError(`${runId} has no open workflow; \`npx arcloom up\` restarts it from its records.`)
}
