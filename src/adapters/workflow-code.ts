import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hashJson } from './files/hash.ts'

const source = fileURLToPath(new URL('..', import.meta.url))

/** Where workflow code begins. */
export const workflowsPath = join(source, 'workflows', 'index.ts')

/**
 * Hash over everything that workflow code is made of. Runs carry it in their memo: a run of other code may not be able to
 * replay, and is started again from its records instead.
 */
export async function hashWorkflowCode(): Promise<string> {
  const files = await Promise.all(['workflows', 'domain'].map(listSources))
  const texts = files.flat().map(async (path) => [path.slice(source.length), await readFile(path, 'utf8')])
  return hashJson(await Promise.all(texts)).slice(0, 16)
}

async function listSources(folder: string): Promise<string[]> {
  const names = await readdir(join(source, folder), { recursive: true })
  const sources = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  return sources.sort().map((name) => join(source, folder, name))
}
