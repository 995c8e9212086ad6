import type { NewRun } from '../adapters/stores/run-store.ts'
import { startRun, type StartedRun } from '../client/start-run.ts'
import { findProvider } from '../domain/providers/providers.ts'
import { isVerification } from '../domain/runs/run.ts'
import { readBaselineSeconds } from '../stack/parts/note-baseline-limit.ts'
import { chooseSandbox } from './choose-sandbox.ts'
import type { OperationContext, TemporalSession } from './open-session.ts'
import { readControls, type ControlFlags } from './run-flags.ts'

export interface BeginOptions {
  /** Whether a run of that name that has ended, and asks the same, continues; true by default. */
  readonly resumeEnded?: boolean
}

/** Starts runs, or attaches to runs of the same names that ask the same. */
export async function beginRuns(
  session: TemporalSession,
  context: OperationContext,
  runs: readonly NewRun[],
  flags: ControlFlags,
  { resumeEnded = true }: BeginOptions = {},
): Promise<StartedRun[]> {
  const preparedRuns: NewRun[] = []
  for (const { run, ...rest } of runs) {
    const sandbox = await chooseSandbox(context, run.specification)
    const asksBaseline = !isVerification(run) && findProvider(run.model.provider).runsHere
    const seconds = asksBaseline ? await readBaselineSeconds(session.baselineUrl) : undefined
    preparedRuns.push({ ...rest, run: { ...run, sandbox, ...(seconds !== undefined && { baseline: { seconds } }) } })
  }
  const startedRuns = []
  for (const run of preparedRuns) {
    startedRuns.push(await startRun(session.opening, context.store, run, readControls(flags), { resumeEnded }))
  }
  return startedRuns
}
