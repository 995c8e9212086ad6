import type { NewRun, RunFolder } from '../../adapters/stores/run-store.ts'
import type { StartedRun } from '../../client/start-run.ts'
import { beginRuns } from '../../operations/begin-runs.ts'
import { listNeeds } from '../../operations/list-needs.ts'
import { openSession } from '../../operations/open-session.ts'
import type { ControlFlags } from '../../operations/run-flags.ts'
import type { CliContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { followRuns } from './follow-runs.ts'
import { listenForInterrupts } from './listen-for-interrupts.ts'
import { printComparison } from './print-comparison.ts'
import { reportRuns } from './report-runs.ts'

export interface RunToEndFlags extends ControlFlags {
  readonly detach?: boolean
  readonly json?: boolean
}

/**
 * Starts runs, or attaches to runs of the same names that ask the same; shows them until all have ended, and reports.
 *
 * @param keys names of the keys that the worker must have
 */
export async function runToEnd(
  context: CliContext,
  runs: readonly NewRun[],
  flags: RunToEndFlags,
  keys: readonly string[] = [],
): Promise<ExitCode> {
  const needs = listNeeds(runs.map(({ run }) => run))
  const session = await openSession(context, { keys, needs, oldWorker: 'renew-unused' })
  // A run that nobody waits for goes on when its command is interrupted.
  const interrupts = flags.detach ? undefined : listenForInterrupts()
  try {
    const folders = noteAttached(context, await beginRuns(session, context, runs, flags))
    const [group] = new Set(runs.map(({ run }) => run.group))
    const compare = folders.length > 1 ? `npx arcloom compare ${group}` : undefined
    if (compare !== undefined) {
      context.note(`${folders.length} runs as group ${group}. To compare them at any time: ${compare}`)
    }
    if (interrupts === undefined) {
      for (const { runId } of folders) context.note(`${runId} is running. To follow it: npx arcloom watch ${runId}`)
      if (flags.json) await reportRuns(context, folders, true)
      else context.print(folders.map((folder) => folder.runId).join('\n'))
      return exitCodes.complete
    }
    const result = await followRuns(context, session, folders, interrupts)
    const exitCode = await reportRuns(context, folders, flags.json, result === 'closed')
    if (result !== 'ended') return exitCodes.interrupted
    if (compare !== undefined && !flags.json && (await printComparison(context, folders, { unscored: 'skip' }))) {
      context.note(`To see this comparison again: ${compare}`)
    }
    return exitCode
  } finally {
    interrupts?.close()
    await session.close()
  }
}

/** Says of runs that were there before what happened to them. */
export function noteAttached({ note }: Pick<CliContext, 'note'>, started: readonly StartedRun[]): RunFolder[] {
  for (const { folder, how } of started) if (how !== 'created') note(`${folder.runId}: ${attachedWords[how]}`)
  return started.map(({ folder }) => folder)
}

const attachedWords: Readonly<Record<Exclude<StartedRun['how'], 'created'>, string>> = {
  attached: 'is already open; following it.',
  resumed: 'had ended; continuing with the tasks not recorded yet.',
  complete: 'is already complete; nothing left to do.',
  ended: 'has ended; it is left as it is.',
}
