import { Command } from 'commander'
import { continueRun, planContinuation, type ContinueFlags } from '../../operations/continue-run.ts'
import { openSession } from '../../operations/open-session.ts'
import { createContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { addChangeFlags } from '../runs/add-run-flags.ts'
import { findRun } from '../runs/find-run.ts'
import { followRuns } from '../runs/follow-runs.ts'
import { listenForInterrupts } from '../runs/listen-for-interrupts.ts'
import { reportRuns } from '../runs/report-runs.ts'
import { endWith } from '../terminal/end-with.ts'

interface FollowFlags {
  readonly detach?: boolean
  readonly json?: boolean
}

export function createResumeCommand(): Command {
  return addFlags(new Command('resume').argument('<run>'))
    .description('continue a run that was interrupted, cancelled, failed or reached its budget; repairs damaged files')
    .option('--ask-again', 'request, and pay for, damaged or lost answers again')
    .action((runId: string, flags: ContinueFlags & FollowFlags) => endWith(goOn('resume', runId, flags)))
}

export function createRetryCommand(): Command {
  return addFlags(new Command('retry').argument('<run>'))
    .description('redo the items of a run that failed for reasons other than the model')
    .option('--rejected', 'also repeat requests that the provider rejected; stored answers are kept')
    .action((runId: string, flags: ContinueFlags & FollowFlags) => endWith(goOn('retry', runId, flags)))
}

function addFlags(command: Command): Command {
  return addChangeFlags(command).option('--detach', 'start it and exit').addOption(createJsonFlag())
}

async function goOn(verb: 'resume' | 'retry', name: string, flags: ContinueFlags & FollowFlags): Promise<ExitCode> {
  const context = createContext()
  const folder = await findRun(context.store, name)
  const { runId } = folder
  const plan = await planContinuation(context, folder, verb, flags)
  if (typeof plan === 'string') {
    context.note(plan)
    return reportRuns(context, [folder], flags.json)
  }
  const session = await openSession(context, { ...plan.session, oldWorker: 'renew-unused' })
  // A run that nobody waits for goes on when its command is interrupted.
  const interrupts = flags.detach ? undefined : listenForInterrupts()
  try {
    await continueRun(context, session, folder, plan)
    if (interrupts === undefined) {
      context.note(`${runId} continues. To follow it: npx arcloom watch ${runId}`)
      if (flags.json) await reportRuns(context, [folder], true)
      return exitCodes.complete
    }
    const result = await followRuns(context, session, [folder], interrupts)
    const exitCode = await reportRuns(context, [folder], flags.json, result === 'closed')
    return result === 'ended' ? exitCode : exitCodes.interrupted
  } finally {
    interrupts?.close()
    await session.close()
  }
}
