import { Command } from 'commander'
import { isOpen } from '../../domain/runs/run.ts'
import { listNeeds } from '../../operations/list-needs.ts'
import { openSession } from '../../operations/open-session.ts'
import { createContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { findRun } from '../runs/find-run.ts'
import { followRuns } from '../runs/follow-runs.ts'
import { listenForInterrupts } from '../runs/listen-for-interrupts.ts'
import { reportRuns } from '../runs/report-runs.ts'
import { endWith } from '../terminal/end-with.ts'

export function createWatchCommand(): Command {
  return new Command('watch')
    .argument('<run>')
    .description('show live progress of a run; Ctrl-C interrupts the run')
    .addOption(createJsonFlag(' when it ends'))
    .action((runId: string, flags: { json?: boolean }) => endWith(watch(runId, flags.json)))
}

async function watch(name: string, json: boolean | undefined): Promise<ExitCode> {
  const context = createContext()
  const folder = await findRun(context.store, name)
  if (!isOpen((await folder.readState()).state)) return reportRuns(context, [folder], json)
  const session = await openSession(context, { needs: listNeeds([await folder.readRun()]) })
  const interrupts = listenForInterrupts()
  try {
    const result = await followRuns(context, session, [folder], interrupts)
    const exitCode = await reportRuns(context, [folder], json, result === 'closed')
    return result === 'ended' ? exitCode : exitCodes.interrupted
  } finally {
    interrupts.close()
    await session.close()
  }
}
