import { hasCode } from '../files/error-code.ts'
import type { Blobs } from '../stores/blobs.ts'
import { nameFinal, nameOutput } from './name-results.ts'
import type { FinalResults } from './results-files.ts'

/**
 * Writes a results file entry by entry, so that a large run is never held whole; it appears under its name when it is
 * whole and on the disk. A name that is taken by another file gives way to the next.
 *
 * @returns the path, relative to the data folder unless another place was asked for
 */
export async function writeFinal(blobs: Blobs, local: Blobs, final: FinalResults): Promise<string> {
  const { place, output, endedAt, interrupted } = final
  if (output !== null) {
    try {
      return await writeUnderFreeName(local, nameOutput(output, interrupted), final)
    } catch (error) {
      if (!hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS')) throw error
    }
  }
  return writeUnderFreeName(blobs, nameFinal(place, endedAt, interrupted), final)
}

async function writeUnderFreeName(blobs: Blobs, names: Generator<string, never>, final: FinalResults): Promise<string> {
  for (;;) {
    const name = names.next().value
    if (await isOurs(blobs, name, final)) return name
    if (await blobs.create(name, renderDocument(final))) return name
  }
}

async function* renderDocument({ metadata, items, readEntry }: FinalResults): AsyncGenerator<string> {
  yield `{\n"metadata": ${JSON.stringify(metadata, null, 2)},\n"results": [`
  for (const [index, item] of items.entries()) {
    yield `${index === 0 ? '\n' : ',\n'}${JSON.stringify(await readEntry(item))}`
  }
  yield '\n]\n}\n'
}

/** Metadata comes first, so the start of a file tells whose it is. */
const headBytes = 4096

/** Whether this is the file that an earlier activity attempt wrote for the same end of the same run. */
async function isOurs(blobs: Blobs, name: string, { runId, endedAt }: FinalResults): Promise<boolean> {
  const start = (await blobs.readStart(name, headBytes)) ?? ''
  return start.includes(`"run_id": ${JSON.stringify(runId)}`) && start.includes(`"ended_at": "${endedAt}"`)
}
