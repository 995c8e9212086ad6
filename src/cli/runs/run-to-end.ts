import type { NewRun, RunFolder } from '../../adapters/stores/run-store.ts'
import { startRun, type StartedRun } from '../../client/start-run.ts'
import { findProvider } from '../../domain/providers/providers.ts'
import { isVerification } from '../../domain/runs/run.ts'
import { readBaselineSeconds } from '../../stack/parts/note-baseline-limit.ts'
import { openSession, type CliContext, type TemporalSession } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { listNeeds } from '../list-needs.ts'
import { chooseSandbox } from './choose-sandbox.ts'
import { followRuns } from './follow-runs.ts'
import { printComparison } from './print-comparison.ts'
import { reportRuns } from './report-runs.ts'
import { readControls, type ControlFlags } from './run-flags.ts'

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
  try {
    const folders = await beginRuns(session, context, runs, flags)
    const [group] = new Set(runs.map(({ run }) => run.group))
    const compare = folders.length > 1 ? `npx arcloom compare ${group}` : undefined
    if (compare !== undefined) {
      context.note(`${folders.length} runs as group ${group}. To compare them at any time: ${compare}`)
    }
    if (flags.detach) {
      for (const { runId } of folders) context.note(`${runId} is running. To follow it: npx arcloom watch ${runId}`)
      if (flags.json) await reportRuns(context, folders, true)
      else context.print(folders.map((folder) => folder.runId).join('\n'))
      return exitCodes.complete
    }
    const result = await followRuns(session, folders)
    const exitCode = await reportRuns(context, folders, flags.json, result === 'closed')
    if (result !== 'ended') return exitCodes.interrupted
    if (compare !== undefined && !flags.json && (await printComparison(context, folders, { unscored: 'skip' }))) {
      context.note(`To see this comparison again: ${compare}`)
    }
    return exitCode
  } finally {
    await session.close()
  }
}

/** Starts runs, or attaches to runs of the same names that ask the same. */
export async function beginRuns(
  session: TemporalSession,
  context: CliContext,
  runs: readonly NewRun[],
  flags: ControlFlags,
): Promise<RunFolder[]> {
  const described: NewRun[] = []
  for (const { run, ...rest } of runs) {
    const sandbox = await chooseSandbox(context, run.specification)
    const asksBaseline = !isVerification(run) && findProvider(run.model.provider).runsHere
    const seconds = asksBaseline ? await readBaselineSeconds(session.baselineUrl) : undefined
    described.push({ ...rest, run: { ...run, sandbox, ...(seconds !== undefined && { baseline: { seconds } }) } })
  }
  const folders = []
  for (const run of described) {
    const { folder, how } = await startRun(session.opening, context.store, run, readControls(flags))
    if (how !== 'created') context.note(`${folder.runId}: ${attachedWords[how]}`)
    folders.push(folder)
  }
  return folders
}

const attachedWords: Readonly<Record<Exclude<StartedRun['how'], 'created'>, string>> = {
  attached: 'is already open; following it.',
  resumed: 'had ended; continuing with the tasks not recorded yet.',
  complete: 'is already complete; nothing left to do.',
}
