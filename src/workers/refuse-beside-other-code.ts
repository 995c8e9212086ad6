import { describeWorker, listWorkersOfOtherCode } from '../adapters/worker-notes.ts'

/** Workers of other code serve this data folder: each would fail, or ask in other words, what the other began. */
export class OtherCodeServes extends Error {
  override readonly name = 'OtherCodeServes'
}

/** @throws {OtherCodeServes} before anything is served, with what to do */
export function refuseBesideOtherCode(notes: string, code: string): void {
  const others = listWorkersOfOtherCode(notes, code).map(describeWorker)
  if (others.length === 0) return
  throw new OtherCodeServes(
    `This worker is of another version of Arcloom than one that serves this data folder already (${others.join(', ')}), and one of them is old. ` +
      'To mend it: end the old one, with Ctrl-C or `npx arcloom down`, bring its machine to the same version, and start it again.',
  )
}
