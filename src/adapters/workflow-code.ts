import { readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hashJson } from './files/hash.ts'

/** Where workflow code begins. */
export const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url))

/**
 * Hash over everything that the workflow bundle is made of. Runs carry it in their memo: a run of other code may not be able
 * to replay, and is started again from its records instead. Code that the bundle does not reach, such as a report's colours,
 * is not in the hash, so that changing it leaves open runs alone.
 */
export async function hashWorkflowCode(entry = workflowsPath): Promise<string> {
  const sources = await readWorkflowSources(entry)
  const texts = [...sources].map(([path, text]) => [relative(dirname(entry), path), text] as const)
  return hashJson(texts.toSorted(([a], [b]) => (a < b ? -1 : 1))).slice(0, 16)
}

/** The text of a module and of every module that it reaches by imports of values, by path. */
export async function readWorkflowSources(entry: string): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>()
  const visit = async (path: string): Promise<void> => {
    if (sources.has(path)) return
    sources.set(path, '')
    const text = await readFile(path, 'utf8')
    sources.set(path, text)
    await Promise.all(listValueImports(text).map((specifier) => visit(join(dirname(path), specifier))))
  }
  await visit(entry)
  return sources
}

/**
 * Relative paths of a module's imports and re-exports. `import type` is left out: it is gone when the code runs. Every other
 * quoted path of a TypeScript file counts as an import; one too many makes the hash wider, which is safe.
 */
function listValueImports(text: string): string[] {
  const withoutTypes = text.replace(/^(?:import|export) type [^']*'[^']*'/gm, '')
  return [...withoutTypes.matchAll(/'(\.{1,2}\/[^'\n]+\.ts)'/g)].map(([, specifier]) => specifier ?? '')
}
