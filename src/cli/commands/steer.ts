import { Command } from 'commander'
import type { Steering } from '../../client/steer-run.ts'
import { isOpen } from '../../domain/runs/run.ts'
import { openSession } from '../../operations/open-session.ts'
import { needOpenRun, steer } from '../../operations/steer.ts'
import { createContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { findRun } from '../runs/find-run.ts'
import { reportRuns } from '../runs/report-runs.ts'
import { endWith } from '../terminal/end-with.ts'
import { showUntil } from '../terminal/show-until.ts'

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
      .action((runId: string, flags: { json?: boolean }) => endWith(steerByName(steering, runId, flags.json))),
  )
}

async function steerByName(steering: Steering, name: string, json: boolean | undefined): Promise<ExitCode> {
  const context = createContext()
  const folder = await findRun(context.store, name)
  const { runId } = folder
  await needOpenRun(folder)
  const session = await openSession(context, { needs: ['server', 'worker'] })
  try {
    await steer(session, folder, steering)
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
