import { hasCode } from '../files/error-code.ts'
import type { Blobs } from '../stores/blobs.ts'
import { nameFinal, nameOutput } from './name-results.ts'
import type { FinalResults } from './results-files.ts'

/**
 * Writes a results file entry by entry, so that a large run is never in memory at once. It appears under its name once it is
 * complete and on the disk. If another file has the name, the next one is used.
 *
 * @returns the path, relative to the data folder unless another place was requested
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
  for (const [index, itemKey] of items.entries()) {
    yield `${index === 0 ? '\n' : ',\n'}${JSON.stringify(await readEntry(itemKey))}`
  }
  yield '\n]\n}\n'
}

/** Metadata comes first, so the start of a file shows which run it belongs to. */
const headBytes = 4096

/** Whether an earlier activity attempt wrote this file for the same end of the same run. */
async function isOurs(blobs: Blobs, name: string, { runId, endedAt }: FinalResults): Promise<boolean> {
  const start = (await blobs.readStart(name, headBytes)) ?? ''
  return start.includes(`"run_id": ${JSON.stringify(runId)}`) && start.includes(`"ended_at": "${endedAt}"`)
}
