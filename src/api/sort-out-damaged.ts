import { DamagedRun } from '../adapters/stores/run-store.ts'
import { mapConcurrently } from '../domain/map-concurrently.ts'

/** Runs inspected concurrently. */
const readTogether = 16

/** The result of `look` for each run, with damaged runs listed separately. */
export async function sortOutDamaged<Found>(
  runIds: readonly string[],
  look: (runId: string) => Promise<Found>,
): Promise<{ readonly sound: readonly Found[]; readonly damaged: readonly DamagedRun[] }> {
  const looked = await mapConcurrently(runIds, readTogether, async (runId) => {
    try {
      return { sound: await look(runId) }
    } catch (error) {
      if (error instanceof DamagedRun) return { damaged: error }
      throw error
    }
  })
  return {
    sound: looked.flatMap((each) => ('sound' in each ? [each.sound] : [])),
    damaged: looked.flatMap((each) => ('damaged' in each ? [each.damaged] : [])),
  }
}
