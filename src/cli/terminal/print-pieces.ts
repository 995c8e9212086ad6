import { once } from 'node:events'
import { hasCode } from '../../adapters/files/error-code.ts'

/** Prints a long document to stdout piece by piece, as fast as it is read. Stops when the reader does, as `head` may. */
export async function printPieces(pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  try {
    for await (const piece of pieces) {
      if (!process.stdout.write(piece)) await once(process.stdout, 'drain')
    }
  } catch (error) {
    if (!hasCode(error, 'EPIPE')) throw error
  }
}
