import type { NewRun } from '../adapters/stores/run-store.ts'
import { startRun, type StartedRun } from '../client/start-run.ts'
import { findProvider } from '../domain/providers/providers.ts'
import { isVerification } from '../domain/runs/run.ts'
import { leaveOutRepeats } from '../domain/tasks/item.ts'
import type { Task } from '../domain/tasks/task.ts'
import { prepareRun, type RunRequest } from '../runs/prepare-run.ts'
import { referToTask } from '../runs/refer-to-task.ts'
import { readBaselineSeconds } from '../stack/parts/note-baseline-limit.ts'
import { chooseSandbox } from './choose-sandbox.ts'
import { describeRepeats } from './describe-repeats.ts'
import type { OperationContext, TemporalSession } from './open-session.ts'
import { readControls, type ControlFlags } from './run-flags.ts'

/** Runs started together, one per model, form a group named after the first. */
export function prepareGroup(requests: readonly RunRequest[], now: Date): NewRun[] {
  const runs = requests.map((request) => prepareRun(request, now))
  const [first] = runs
  return runs.map((each) => ({ ...each, run: { ...each.run, group: first?.run.run_id ?? each.run.group } }))
}

/**
 * All models are asked for the same tasks, each once, in however many datasets and splits it occurs.
 *
 * @returns also what was left out, in words
 */
export function withoutRepeats(requests: readonly RunRequest[]): {
  readonly requests: RunRequest[]
  readonly repeats: string | undefined
} {
  const given: readonly Task[] = requests[0]?.tasks ?? []
  const { distinct, repeats } = leaveOutRepeats(given.map((task) => ({ task, ...referToTask(task) })))
  const tasks = distinct.map(({ task }) => task)
  return { requests: requests.map((request) => ({ ...request, tasks })), repeats: describeRepeats(repeats) }
}

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
  const described: NewRun[] = []
  for (const { run, ...rest } of runs) {
    const sandbox = await chooseSandbox(context, run.specification)
    const asksBaseline = !isVerification(run) && findProvider(run.model.provider).runsHere
    const seconds = asksBaseline ? await readBaselineSeconds(session.baselineUrl) : undefined
    described.push({ ...rest, run: { ...run, sandbox, ...(seconds !== undefined && { baseline: { seconds } }) } })
  }
  const started = []
  for (const run of described) {
    started.push(await startRun(session.opening, context.store, run, readControls(flags), { resumeEnded }))
  }
  return started
}
