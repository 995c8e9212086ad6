import { open } from 'node:fs/promises'
import { makeNewFile } from './make-new-file.ts'

/** Writes a new file piece by piece, so that a large one is never in memory at once. @returns false when the name is taken */
export function writeNewFile(path: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<boolean> {
  return makeNewFile(path, async (temporary) => {
    const file = await open(temporary, 'w')
    try {
      for await (const piece of pieces) await file.appendFile(piece)
    } finally {
      await file.close()
    }
  })
}
