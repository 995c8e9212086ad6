import { isAbsolute } from 'node:path'
import type { Blobs } from '../stores/blobs.ts'
import { createPartialAppender } from './append-partial.ts'
import { namePartial } from './name-results.ts'
import type { ResultsFiles } from './results-files.ts'
import { writeFinal } from './write-final.ts'

/**
 * Results under the names that the Python original used.
 *
 * @param blobs Arcloom's data: names are relative to the data folder
 * @param local this machine's files, by absolute path, for `--output`
 */
export function createResultsFiles(blobs: Blobs, local: Blobs): ResultsFiles {
  return {
    appendPartial: createPartialAppender((place) => {
      const name = namePartial(place)
      return { name, lines: () => blobs.openSharedLines(name) }
    }),
    writeFinal: (final) => writeFinal(blobs, local, final),
    locate: (file) => (isAbsolute(file) ? file : blobs.locate(file)),
  }
}
