import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { isDiskFull } from '../disk-fault.ts'
import type { CallControl } from '../watch-control.ts'

const pollMs = 1_000

/**
 * Waits while the disk is full: a request whose answer could not be stored is not sent. Reports this in the heartbeats and, while
 * that can still be written, in the run's log.
 *
 * @throws not-started if the run is being ended meanwhile
 */
export async function holdBack(folder: RunFolder, control: CallControl): Promise<void> {
  let lack = folder.findLackOfRoom()
  if (lack === undefined) return
  await note(folder, lack)
  while (lack !== undefined) {
    control.say(lack)
    await sleep()
    await control.waitForLeave()
    lack = folder.findLackOfRoom()
  }
  await note(folder, 'the disk has room again: sending requests')
}

/**
 * Writes an answer that was paid for, however long the disk takes to have room. Until then it is in memory, so only the death of
 * this process loses it.
 */
export async function writePaid(write: () => Promise<void>, control: CallControl): Promise<void> {
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (!isDiskFull(error) || control.signal.aborted) throw error
    }
    control.say('holding an answer until the disk has room for it')
    await sleep()
  }
}

async function note(folder: RunFolder, message: string): Promise<void> {
  await folder.appendLog(JSON.stringify({ at: new Date().toISOString(), message })).catch(() => {})
}

function sleep(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pollMs))
}
