import { resolve } from 'node:path'
import { showFault, showFile } from '../../adapters/files/show-file.ts'
import { UnknownModel } from '../../adapters/models/registry/find-model.ts'
import { findModel, readRegistry, type Registry } from '../../adapters/models/registry/read-registry.ts'
import { collectTraces, type CollectedTraces, type CollectOptions } from '../../adapters/traces/collect-traces.ts'
import type { TraceStore } from '../../adapters/traces/trace-store.ts'
import { prepareDataDir } from '../../config.ts'
import { MalformedInput } from '../../domain/malformed-input.ts'
import type { CliContext } from '../context.ts'
import { exitCodes, worstExitCode, type ExitCode } from '../exit-codes.ts'

interface MergedFile {
  /** As typed. */
  readonly file: string
  /** The same as an absolute path. */
  readonly file_path: string
  readonly added: number
  readonly present: number
  readonly removed: number
  readonly left_out: Readonly<Record<string, number>>
  readonly faults: readonly { readonly place: string; readonly message: string }[]
}

export interface MergeFlags {
  readonly json?: boolean
  readonly onlyCorrect?: boolean
}

/**
 * Adds the reasoning in results files to the trace store, file by file.
 *
 * @returns 1 if a file has entries that cannot be read, 2 if none of its entries can be
 */
export async function mergeResults(
  context: CliContext,
  store: TraceStore,
  files: readonly string[],
  { json, onlyCorrect = false }: MergeFlags,
): Promise<ExitCode> {
  const { config, print, note } = context
  const registry = await readRegistry(config.projectRoot)
  prepareDataDir(config)
  const merged: MergedFile[] = []
  for (const file of files) {
    const { traces, leftOut, faults } = await collectOrFault(file, {
      nameAuthor: (model) => nameAuthor(registry, model),
      onlyCorrect,
    })
    const { added, present, removed } = await store.merge(traces)
    const described = faults.map(({ place, message }) => ({ place, message }))
    const result = {
      file,
      file_path: resolve(file),
      added: added.length,
      present,
      removed,
      left_out: leftOut,
      faults: described,
    }
    merged.push(result)
    for (const fault of faults) note(showFault(fault))
    if (!json) print(renderMerged(result))
  }
  if (json) print(JSON.stringify({ files: merged, added: merged.reduce((sum, { added }) => sum + added, 0) }, null, 2))
  return worstExitCode(merged.map(exitCodeOf))
}

/** A file that cannot be read at all does not keep the others from being merged. */
async function collectOrFault(file: string, options: CollectOptions): Promise<CollectedTraces> {
  try {
    return await collectTraces(file, options)
  } catch (error) {
    if (error instanceof MalformedInput) return { traces: [], leftOut: {}, faults: [error] }
    throw error
  }
}

function exitCodeOf({ added, present, removed, left_out, faults }: MergedFile): ExitCode {
  if (faults.length === 0) return exitCodes.complete
  const readable = added + present + removed + Object.keys(left_out).length > 0
  return readable ? exitCodes.someFailed : exitCodes.usage
}

/** The author name of runs with this model. */
function nameAuthor(registry: Registry, model: string): string {
  try {
    return findModel(registry, model).username
  } catch (error) {
    if (error instanceof UnknownModel) return model
    throw error
  }
}

function renderMerged({ file, added, present, removed, left_out, faults }: MergedFile): string {
  const leftOut = Object.entries(left_out)
  const parts = [
    `${added} added`,
    `${present} already there`,
    ...(removed > 0 ? [`${removed} removed earlier`] : []),
    ...leftOut.map(([flaw, traces]) => `${traces} left out: ${flaw}`),
    ...(faults.length > 0 ? [`${faults.length} unreadable`] : []),
  ]
  return `${showFile(file)}: ${parts.join(', ')}`
}
