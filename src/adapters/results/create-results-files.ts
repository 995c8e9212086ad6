import { join } from 'node:path'
import { createPartialAppender } from './append-partial.ts'
import { namePartial } from './name-results.ts'
import type { ResultsFiles } from './results-files.ts'
import { writeFinal } from './write-final.ts'

/** Results as files below the data folder, where the Python original put them. */
export function createResultsFiles(dataFolder: string): ResultsFiles {
  const append = createPartialAppender()
  return {
    appendPartial: (place, ...rest) => append(join(dataFolder, namePartial(place)), ...rest),
    writeFinal: (final) => writeFinal(dataFolder, final),
  }
}
