import { setTimeout as sleep } from 'node:timers/promises'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { isWorkflowOpen } from '../../client/open-workflow.ts'
import { steerRun } from '../../client/steer-run.ts'
import { isOpen } from '../../domain/runs/run.ts'
import { createProgressReader } from '../../runs/read-progress.ts'
import type { TemporalSession } from '../context.ts'
import { arrangeProgress } from '../terminal/fit-progress.ts'
import { createProgressLine } from '../terminal/progress-line.ts'
import { renderProgress } from './render-progress.ts'

const pollMs = 1_000
/** How often Temporal is asked whether a run that the store says is open still is: somebody may have terminated it. */
const checkEveryMs = 5_000

/** One Ctrl-C under npx may arrive twice: from the terminal, and passed on by npm. */
const sameInterruptMs = 300

/**
 * How following ended: with the runs; by a second Ctrl-C, which waits for nothing; or because the workflows of all runs that
 * the store says are open were closed from outside.
 */
export type FollowResult = 'ended' | 'left' | 'closed'

/**
 * Shows runs until all have ended. Ctrl-C interrupts them gracefully; a second one leaves them to wind down by themselves.
 *
 * The store says when a run has ended, so a server that is away for a while only makes this wait.
 */
export async function followRuns(session: TemporalSession, folders: readonly RunFolder[]): Promise<FollowResult> {
  const line = createProgressLine(process.stderr)
  const control = { interrupts: 0, lastMs: -Infinity }
  const interrupt = () => {
    const sinceLastMs = performance.now() - control.lastMs
    if (sinceLastMs < sameInterruptMs) return
    control.lastMs = performance.now()
    control.interrupts += 1
    if (control.interrupts > 1) return
    line.note('Interrupting: nothing new is sent; waiting for requests in flight. Ctrl-C again leaves at once.')
    for (const { runId } of folders) {
      steerRun(session.client, runId, 'interrupt').catch((error: unknown) => line.note(`${runId}: ${String(error)}`))
    }
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  try {
    const runs = folders.map((folder) => ({ folder, read: createProgressReader(folder) }))
    const told = new Set<string>()
    let checkedMs = performance.now()
    for (;;) {
      const all = await Promise.all(runs.map(async ({ folder, read }) => ({ folder, progress: await read() })))
      const views = all.map(({ folder, progress }) => renderProgress(folder.runId, progress, Date.now()))
      line.show(arrangeProgress(views))
      if (all.every(({ progress }) => !isOpen(progress.state.state))) return 'ended'
      if (control.interrupts > 1) return 'left'
      if (performance.now() - checkedMs > checkEveryMs) {
        checkedMs = performance.now()
        const open = all.filter(({ progress }) => isOpen(progress.state.state))
        const closed = await findClosed(
          session,
          open.map(({ folder }) => folder),
        )
        for (const { runId } of closed.filter(({ runId }) => !told.has(runId))) {
          told.add(runId)
          line.note(
            `${runId}: its workflow was closed from outside. To start it again from its records: npx arcloom up`,
          )
        }
        if (closed.length === open.length) return 'closed'
      }
      await sleep(pollMs)
    }
  } finally {
    line.end()
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
  }
}

/** Runs whose workflow is gone although the store says they are open. A server that is away tells nothing. */
async function findClosed({ client }: TemporalSession, folders: readonly RunFolder[]): Promise<RunFolder[]> {
  const checks = folders.map(async (folder) => {
    const open = await isWorkflowOpen(client.workflow.getHandle(folder.runId)).catch(() => true)
    // It may have ended, in order, between the two looks.
    return !open && isOpen((await folder.readState()).state) ? [folder] : []
  })
  return (await Promise.all(checks)).flat()
}
