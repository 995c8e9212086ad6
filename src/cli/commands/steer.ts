import { Command } from 'commander'
import { steerRun, type Steering } from '../../client/steer-run.ts'
import { isOpen } from '../../domain/runs/run.ts'
import { createContext, openSession } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { findRun } from '../runs/find-run.ts'
import { reportRuns } from '../runs/report-runs.ts'
import { endWith } from '../terminal/end-with.ts'
import { showUntil } from '../terminal/show-until.ts'
import { UsageError } from '../usage-error.ts'

const descriptions: Readonly<Record<Steering, string>> = {
  pause: 'send nothing new until unpause; answers in flight are stored',
  unpause: 'continue after pause',
  interrupt: 'end a run gracefully: answers in flight are stored, results are saved; resume continues it',
  cancel: 'end a run at once: requests in flight are cut off, stored answers are kept; resume continues it',
}

export function createSteeringCommands(): Command[] {
  return (Object.keys(descriptions) as Steering[]).map((steering) =>
    new Command(steering)
      .argument('<run>')
      .description(descriptions[steering])
      .addOption(createJsonFlag())
      .action((runId: string, flags: { json?: boolean }) => endWith(steer(steering, runId, flags.json))),
  )
}

async function steer(steering: Steering, name: string, json: boolean | undefined): Promise<ExitCode> {
  const context = createContext()
  const folder = await findRun(context.store, name)
  const { runId } = folder
  const { state } = await folder.readState()
  if (!isOpen(state)) {
    const step = state === 'complete' ? '' : ` To continue: npx arcloom resume ${runId}`
    throw new UsageError(`${runId} is not open: it is ${state}.${step}`)
  }
  const session = await openSession(context, { needs: ['server', 'worker'] })
  try {
    if (!(await steerRun(session.client, runId, steering))) {
      throw new UsageError(`${runId} has no open workflow; \`npx arcloom up\` restarts it from its records.`)
    }
    const ends = steering === 'interrupt' || steering === 'cancel'
    if (ends)
      context.note(steering === 'cancel' ? 'cutting off requests in flight …' : 'waiting for requests in flight …')
    // So that `status`, typed next, shows the effect.
    await showUntil(folder, ({ state }) =>
      ends ? !isOpen(state) : (state === 'paused') === (steering === 'pause') || !isOpen(state),
    )
    if (ends) await reportRuns(context, [folder], json)
    else if (json) await reportRuns(context, [folder], true)
    else context.note(`${runId} is ${(await folder.readState()).state}.`)
    return exitCodes.complete
  } finally {
    await session.close()
  }
}
