import { readdir, readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { orWhenMissing } from '../../adapters/files/or-when-missing.ts'

interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
  /** Vite puts the content's hash into these names, so the files never change. */
  readonly isHashed: boolean
}

/** Vite's output, by path: `/index.html`, `/assets/index-3f2a….js`. */
export type PageFiles = ReadonlyMap<string, PageFile>

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Reads the built page, a few files, on first use and caches it. An update shows when the server is restarted. */
export function createPageReader(folder: string): () => Promise<PageFiles> {
  let cache: PageFiles | undefined
  return async () => {
    const files = cache ?? (await readPageFiles(folder))
    // It may be built while the server runs.
    if (files.size > 0) cache = files
    return files
  }
}

/**
 * Only files in this map are served, so no path leads out of the folder.
 *
 * @returns an empty map if the page is not built
 */
async function readPageFiles(folder: string): Promise<PageFiles> {
  const entries = await orWhenMissing(readdir(folder, { recursive: true, withFileTypes: true }), [])
  const files = entries.filter((entry) => entry.isFile())
  const contents = await Promise.all(
    files.map(async ({ parentPath, name }): Promise<[string, PageFile][]> => {
      const path = join(parentPath, name)
      const address = path.slice(folder.length).replaceAll(sep, '/')
      // The page may be being rebuilt.
      const bytes = await orWhenMissing(readFile(path), undefined)
      if (bytes === undefined) return []
      const type = types[extname(name)] ?? 'application/octet-stream'
      return [[address, { bytes: new Uint8Array(bytes), type, isHashed: address.startsWith('/assets/') }]]
    }),
  )
  return new Map(contents.flat())
}
