import { Command } from 'commander'
import { reopenRun } from '../../client/reopen-run.ts'
import { totalLedger } from '../../domain/runs/ledger.ts'
import { isOpen, isVerification } from '../../domain/runs/run.ts'
import { countRejected } from '../../report/render-report.ts'
import { createContext, openSession } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { listNeeds } from '../list-needs.ts'
import { numberBetween, wholeNumber } from '../parse-values.ts'
import { checkBudget } from '../runs/build-requests.ts'
import { chooseSandbox } from '../runs/choose-sandbox.ts'
import { findRun } from '../runs/find-run.ts'
import { followRuns } from '../runs/follow-runs.ts'
import { repair } from '../runs/repair.ts'
import { reportRuns } from '../runs/report-runs.ts'
import { maxTasksAtOnce, readControls } from '../runs/run-flags.ts'
import { endWith } from '../terminal/end-with.ts'
import { UsageError } from '../usage-error.ts'

interface ResumeFlags {
  readonly maxConcurrentTasks?: number
  readonly saveInterval?: number
  readonly budgetUsd?: number
  readonly askAgain?: boolean
  readonly detach?: boolean
  readonly json?: boolean
}

interface RetryFlags extends ResumeFlags {
  readonly rejected?: boolean
}

export function createResumeCommand(): Command {
  return addFlags(new Command('resume').argument('<run>'))
    .description('continue a run that was interrupted, cancelled, failed or reached its budget; repairs damaged files')
    .option('--ask-again', 'request, and pay for, damaged or lost answers again')
    .action((runId: string, flags: ResumeFlags) => endWith(goOn('resume', runId, flags)))
}

export function createRetryCommand(): Command {
  return addFlags(new Command('retry').argument('<run>'))
    .description('redo the items of a run that failed for reasons other than the model')
    .option('--rejected', 'also repeat requests that the provider rejected; stored answers are kept')
    .action((runId: string, flags: RetryFlags) => endWith(goOn('retry', runId, flags)))
}

function addFlags(command: Command): Command {
  return command
    .option('--max-concurrent-tasks <n>', 'maximum tasks open at once, from now on', wholeNumber(1, maxTasksAtOnce))
    .option('--save-interval <n>', 'finished tasks between checkpoints, from now on', wholeNumber(1, 100_000))
    .option('--budget-usd <x>', 'the budget of the whole run, from now on', numberBetween(0, 1_000_000))
    .option('--detach', 'start it and exit')
    .addOption(createJsonFlag())
}

async function goOn(verb: 'resume' | 'retry', name: string, flags: RetryFlags): Promise<ExitCode> {
  const context = createContext()
  const folder = await findRun(context.store, name)
  const { runId } = folder
  if (verb === 'resume') await repair(context, folder, flags)
  const before = await folder.readState()
  if (before.state === 'complete' && verb === 'resume') {
    context.note(`${runId} is complete: nothing is left to do.`)
    return reportRuns(context, [folder], flags.json)
  }
  if (verb === 'retry') {
    if (isOpen(before.state))
      throw new UsageError(`${runId} is ${before.state}: retry works only on runs that have ended.`)
    const failed = (await folder.listFailures()).length
    const rejected = countRejected(totalLedger(await folder.readLedger()).rejections)
    if (failed === 0 && (!flags.rejected || rejected === 0)) {
      context.note(`${runId} has no failed items${flags.rejected ? ' and no rejected requests' : ''}.`)
      return reportRuns(context, [folder], flags.json)
    }
  }
  const run = await folder.readRun()
  if (flags.budgetUsd !== undefined) {
    if (isVerification(run)) throw new UsageError(`--budget-usd: ${runId} asks no model, so it costs nothing.`)
    checkBudget(run.model, run.specification.sampling.maxTokens)
  }
  const scope = verb === 'resume' ? 'remaining' : flags.rejected ? 'rejected' : 'failed'
  const key = isVerification(run) ? undefined : run.model.apiKeyVariable
  const session = await openSession(context, {
    keys: key === undefined ? [] : [key],
    needs: listNeeds([run]),
    oldWorker: 'renew-unused',
  })
  try {
    await chooseSandbox(context, run.specification)
    await reopenRun(session.opening, folder, readControls(flags), scope)
    if (flags.detach) {
      context.note(`${runId} continues. To follow it: npx arcloom watch ${runId}`)
      if (flags.json) await reportRuns(context, [folder], true)
      return exitCodes.complete
    }
    const result = await followRuns(session, [folder])
    const exitCode = await reportRuns(context, [folder], flags.json, result === 'closed')
    return result === 'ended' ? exitCode : exitCodes.interrupted
  } finally {
    await session.close()
  }
}
