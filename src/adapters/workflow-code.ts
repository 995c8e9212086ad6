import { readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hashJson } from './files/hash.ts'

/** The entry point of workflow code. */
export const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url))

/**
 * Hash of everything in the workflow bundle. Runs carry it in their memo: a run of other code may not be able to replay, and is
 * started again from its records instead. Code outside the bundle, such as a report's colours, is not in the hash, so changing it
 * leaves open runs alone.
 */
export async function hashWorkflowCode(entry = workflowsPath): Promise<string> {
  const sources = await readWorkflowSources(entry)
  const texts = [...sources].map(([path, text]) => [relative(dirname(entry), path), text] as const)
  return hashJson(texts.toSorted(([a], [b]) => (a < b ? -1 : 1))).slice(0, 16)
}

/** The text of a module and of every module that it reaches by value imports, by path. */
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
 * Relative paths of a module's imports and re-exports. `import type` is skipped: it is erased when the code runs. Every other
 * quoted path of a TypeScript file counts as an import; one too many only makes the hash cover more, which is safe.
 */
function listValueImports(text: string): string[] {
  const withoutTypes = text.replace(/^(?:import|export) type [^']*'[^']*'/gm, '')
  return [...withoutTypes.matchAll(/'(\.{1,2}\/[^'\n]+\.ts)'/g)].map(([, specifier]) => specifier ?? '')
}
