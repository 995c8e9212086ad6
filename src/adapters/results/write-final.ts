import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { hasCode } from '../files/error-code.ts'
import { writeNewFile } from '../files/write-new-file.ts'
import { nameFinal, nameOutput } from './name-results.ts'
import type { FinalResults } from './results-files.ts'

/**
 * Writes a results file entry by entry, so that a large run is never held whole; it appears under its name when it is
 * whole and on the disk. A name that is taken by another file gives way to the next.
 *
 * @returns the path, relative to the data folder unless another place was asked for
 */
export async function writeFinal(dataFolder: string, final: FinalResults): Promise<string> {
  const { place, output, endedAt, interrupted } = final
  if (output !== null) {
    try {
      return await writeUnderFreeName('/', nameOutput(output, interrupted), final)
    } catch (error) {
      if (!hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS')) throw error
    }
  }
  return writeUnderFreeName(dataFolder, nameFinal(place, endedAt, interrupted), final)
}

async function writeUnderFreeName(
  folder: string,
  names: Generator<string, never>,
  final: FinalResults,
): Promise<string> {
  for (;;) {
    const name = names.next().value
    const path = resolve(folder, name)
    if (await isOurs(path, final)) return name
    if (await writeNewFile(path, renderDocument(final))) return name
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
async function isOurs(path: string, { runId, endedAt }: FinalResults): Promise<boolean> {
  try {
    const file = await open(path, 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
      const head = buffer.toString('utf8', 0, bytesRead)
      return head.includes(`"run_id": ${JSON.stringify(runId)}`) && head.includes(`"ended_at": "${endedAt}"`)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false
    throw error
  }
}
