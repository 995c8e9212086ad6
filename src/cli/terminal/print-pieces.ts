import { once } from 'node:events'
import { hasCode } from '../../adapters/files/error-code.ts'

/** Prints a long document piece by piece on stdout, as fast as it is read. A reader that has enough, such as `head`, ends it. */
export async function printPieces(pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  try {
    for await (const piece of pieces) {
      if (!process.stdout.write(piece)) await once(process.stdout, 'drain')
    }
  } catch (error) {
    if (!hasCode(error, 'EPIPE')) throw error
  }
}
