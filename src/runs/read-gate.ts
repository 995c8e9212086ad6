import { describeGate } from '../adapters/models/gates/sharing/describe-gate.ts'
import { locateGateNotes, readLivingNotes } from '../adapters/models/gates/sharing/note-files.ts'

/** What the requests of a run wait for before they are sent, in words; null if none waits. */
export type ReadGate = (runId: string) => Promise<string | null>

/** Where nobody asks models, or nobody wants to know what they wait for. */
export const noGate: ReadGate = () => Promise.resolve(null)

/** Reads what the workers of a data folder noted less than a second ago. */
export function createGateReader(places: { readonly stateDir: string }): ReadGate {
  const folder = locateGateNotes(places)
  return async (runId) => describeGate(await readLivingNotes(folder), runId, Date.now())
}
