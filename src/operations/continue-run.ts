import type { RunFolder } from '../adapters/stores/run-store.ts'
import { reopenRun } from '../client/reopen-run.ts'
import { totalLedger } from '../domain/runs/ledger.ts'
import { isOpen, isVerification, type RunRecord } from '../domain/runs/run.ts'
import type { Controls, RunScope } from '../domain/runs/specification.ts'
import { UsageError } from '../domain/usage-error.ts'
import { countRejected } from '../report/render-report.ts'
import { checkBudget } from './build-requests.ts'
import { chooseSandbox } from './choose-sandbox.ts'
import { listNeeds } from './list-needs.ts'
import type { OperationContext, SessionNeeds, TemporalSession } from './open-session.ts'
import { repair } from './repair.ts'
import { readControls, type ControlFlags } from './run-flags.ts'

export interface ContinueFlags extends ControlFlags {
  /** `resume` alone: damaged or lost answers are requested, and paid for, again. */
  readonly askAgain?: boolean
  /** `retry` alone: requests that the provider rejected are repeated too. */
  readonly rejected?: boolean
}

/** How an existing run will continue. */
export interface Continuation {
  readonly run: RunRecord
  readonly scope: RunScope
  readonly controls: Partial<Controls>
  /** What the session for it needs. */
  readonly session: Pick<SessionNeeds, 'keys' | 'needs'>
}

/**
 * Checks that a run can be resumed or retried; `resume` first repairs damaged files.
 *
 * @returns why there is nothing to do, in words, if there is not
 * @throws {UsageError} if it cannot
 */
export async function planContinuation(
  context: OperationContext,
  folder: RunFolder,
  verb: 'resume' | 'retry',
  flags: ContinueFlags,
): Promise<Continuation | string> {
  const { runId } = folder
  if (verb === 'resume') await repair(context, folder, flags)
  const { state } = await folder.readState()
  if (state === 'complete' && verb === 'resume') return `${runId} is complete: nothing is left to do.`
  if (verb === 'retry') {
    if (isOpen(state)) throw new UsageError(`${runId} is ${state}: retry works only on runs that have ended.`)
    const failed = (await folder.listFailures()).length
    const rejected = countRejected(totalLedger(await folder.readLedger()).rejections)
    if (failed === 0 && (!flags.rejected || rejected === 0)) {
      return `${runId} has no failed items${flags.rejected ? ' and no rejected requests' : ''}.`
    }
  }
  const run = await folder.readRun()
  if (flags.budgetUsd !== undefined) {
    if (isVerification(run)) throw new UsageError(`--budget-usd: ${runId} asks no model, so it costs nothing.`)
    if (run.model.prices === undefined) {
      throw new UsageError(
        `--budget-usd: ${runId} began when no price was known for ${run.model.key}, and a run keeps the price it began with. Start a new run to have a budget.`,
      )
    }
    checkBudget(run.model, run.specification.sampling)
  }
  const key = isVerification(run) ? undefined : run.model.apiKeyVariable
  return {
    run,
    scope: verb === 'resume' ? 'remaining' : flags.rejected ? 'rejected' : 'failed',
    controls: readControls(flags),
    session: { keys: key === undefined ? [] : [key], needs: listNeeds([run]) },
  }
}

/** Opens the run again; an open one takes the changed controls. */
export async function continueRun(
  context: Pick<OperationContext, 'config' | 'note'>,
  { opening }: TemporalSession,
  folder: RunFolder,
  { run, controls, scope }: Continuation,
): Promise<void> {
  await chooseSandbox(context, run.specification)
  await reopenRun(opening, folder, controls, scope)
}
