import { setTimeout as sleep } from 'node:timers/promises'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { isWorkflowOpen } from '../../client/open-workflow.ts'
import { steerRun } from '../../client/steer-run.ts'
import { isOpen } from '../../domain/runs/run.ts'
import type { TemporalSession } from '../../operations/open-session.ts'
import { createRunProgressReader } from '../../runs/read-run-progress.ts'
import type { CliContext } from '../context.ts'
import { arrangeProgress } from '../terminal/fit-progress.ts'
import { createProgressLine } from '../terminal/progress-line.ts'
import type { Interrupts } from './listen-for-interrupts.ts'
import { renderProgress } from './render-progress.ts'

const pollMs = 1_000
/** How often to ask Temporal whether a run that the store says is open still is: somebody may have terminated it. */
const checkEveryMs = 5_000

/**
 * Why following ended: all runs ended; a second Ctrl-C, which waits for nothing; or the workflows of all runs that
 * the store says are open were closed from outside.
 */
export type FollowResult = 'ended' | 'left' | 'closed'

/**
 * Shows runs until all have ended. Ctrl-C interrupts them gracefully; a second Ctrl-C leaves while they end by themselves.
 *
 * The store says when a run has ended, so if the server is away for a while this only waits longer.
 */
export async function followRuns(
  { surroundings }: Pick<CliContext, 'surroundings'>,
  session: TemporalSession,
  folders: readonly RunFolder[],
  interrupts: Interrupts,
): Promise<FollowResult> {
  const line = createProgressLine(process.stderr)
  interrupts.onFirst(() => {
    line.note('Interrupting: sending nothing new, waiting for requests in flight. Press Ctrl-C again to leave now.')
    for (const { runId } of folders) {
      steerRun(session.client, runId, 'interrupt').catch((error: unknown) => line.note(`${runId}: ${String(error)}`))
    }
  })
  try {
    const runs = folders.map((folder) => ({ folder, read: createRunProgressReader(folder, surroundings.readGate) }))
    const reportedRuns = new Set<string>()
    let checkedMs = performance.now()
    for (;;) {
      const all = await Promise.all(runs.map(async ({ folder, read }) => ({ folder, progress: await read() })))
      const bottleneck = await surroundings.readBottleneck()
      const views = all.map(({ folder, progress }) => renderProgress(folder.runId, progress, Date.now(), bottleneck))
      line.show(arrangeProgress(views))
      if (all.every(({ progress }) => !isOpen(progress.state.state))) return 'ended'
      if (interrupts.count > 1) return 'left'
      if (performance.now() - checkedMs > checkEveryMs) {
        checkedMs = performance.now()
        const open = all.filter(({ progress }) => isOpen(progress.state.state))
        const closed = await findClosed(
          session,
          open.map(({ folder }) => folder),
        )
        for (const { runId } of closed.filter(({ runId }) => !reportedRuns.has(runId))) {
          reportedRuns.add(runId)
          line.note(`${runId}: its workflow was closed from outside. To restart it from its records: npx arcloom up`)
        }
        if (closed.length === open.length) return 'closed'
      }
      await sleep(pollMs)
    }
  } finally {
    line.end()
  }
}

/** Runs whose workflow is gone although the store says they are open. If the server is away, none can be detected. */
async function findClosed({ client }: TemporalSession, folders: readonly RunFolder[]): Promise<RunFolder[]> {
  const checks = folders.map(async (folder) => {
    const open = await isWorkflowOpen(client.workflow.getHandle(folder.runId)).catch(() => true)
    // It may have ended normally between the two reads.
    return !open && isOpen((await folder.readState()).state) ? [folder] : []
  })
  return (await Promise.all(checks)).flat()
}
