import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { SiteDocuments } from '../domain/site/site-files.ts'

const compress = promisify(gzip)

/**
 * A data file: a script, because a page opened from disk may load nothing else. The documents are packed (gzip, base64): the
 * samples of a task repeat their question, and no text of a model's stands in a script or where a crawler would read solutions.
 *
 * @param file its name below the data folder
 */
export async function packDocuments(file: string, documents: SiteDocuments): Promise<string> {
  const packed = await compress(JSON.stringify(documents), { level: 9 })
  return `arcloom.provide(${JSON.stringify(file)}, "${packed.toString('base64')}")\n`
}
