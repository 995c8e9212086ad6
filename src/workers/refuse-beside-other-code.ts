import { describeWorker, listWorkersOfOtherCode } from '../adapters/worker-notes.ts'

/** Workers of another version serve this data folder: each would fail the other's runs, or use another prompt. */
export class OtherCodeServes extends Error {
  override readonly name = 'OtherCodeServes'
}

/** @throws {OtherCodeServes} before anything is served, with what to do */
export function refuseBesideOtherCode(notes: string, code: string): void {
  const others = listWorkersOfOtherCode(notes, code).map(describeWorker)
  if (others.length === 0) return
  throw new OtherCodeServes(
    `This worker's version of Arcloom differs from that of a worker already serving this data folder (${others.join(', ')}). ` +
      'Stop the older one with Ctrl-C or `npx arcloom down`, update its machine to the same version, and start it again.',
  )
}
