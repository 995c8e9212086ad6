import { join, resolve } from 'node:path'
import { createDatasetFile, renderDataset } from '../../adapters/datasets/dataset-file.ts'
import { readEntries } from '../../adapters/datasets/read-dataset.ts'
import { quotePath, showFault, showFile } from '../../adapters/files/show-file.ts'
import { prepareDataDir } from '../../config.ts'
import { count } from '../../domain/count.ts'
import { nameTask } from '../../domain/format.ts'
import {
  mergeDatasets,
  type DatasetMerge,
  type DatasetSource,
  type MergedSource,
} from '../../domain/tasks/merge-datasets.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { createContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { writeOutput } from '../write-output.ts'

/** Merges datasets. If one name has two contents, or a file has a fault, nothing is written. */
export async function mergeFiles(
  paths: readonly string[],
  { output, json }: { readonly output?: string; readonly json?: boolean },
): Promise<ExitCode> {
  const { config, print, note } = createContext()
  const sources = await Promise.all(paths.map(readSource))
  const target = output ?? join(config.dataDir, 'dataset.json')
  if (output === undefined) prepareDataDir(config)
  const merge =
    output === undefined ? await createDatasetFile(target).merge(sources) : await writeMerged(output, sources)
  const { conflicts, entries, sources: merged } = merge
  if (json) {
    print(
      JSON.stringify(
        {
          output: target,
          output_path: resolve(target),
          entries: entries.length,
          files: merged.map((source) => ({ ...source, path: resolve(source.name) })),
          conflicts,
        },
        null,
        2,
      ),
    )
  } else if (conflicts.length === 0) {
    for (const source of merged) print(renderSource(source))
    note(`${showFile(resolve(target))}: ${count(entries.length, 'entry', 'entries')}`)
  }
  if (conflicts.length === 0) return exitCodes.complete
  for (const { task_id, version, sources } of conflicts) {
    note(
      `${nameTask({ task_id, version })} has different contents in ${sources.map((source) => showFile(source)).join(' and ')}`,
    )
  }
  note(`Nothing was written: ${count(conflicts.length, 'conflict')}.`)
  return exitCodes.usage
}

async function readSource(path: string): Promise<DatasetSource> {
  const { entries, faults } = await readEntries(path)
  const [first] = faults
  if (first === undefined) return { name: path, entries: entries.map(({ entry }) => entry) }
  if (faults.length === 1) throw first
  throw new UsageError(
    `${showFault(first)}\n… and ${faults.length - 1} more: \`npx arcloom dataset validate ${quotePath(path)}\` shows them all.`,
  )
}

async function writeMerged(output: string, sources: readonly DatasetSource[]): Promise<DatasetMerge> {
  const empty = { name: output, entries: [] }
  const merge = mergeDatasets(empty, empty, sources)
  if (merge.conflicts.length > 0) return merge
  await writeOutput(output, [renderDataset(merge.entries)])
  return merge
}

function renderSource({ name, added, present, signed, removed }: MergedSource): string {
  const parts = [
    `${added} added`,
    `${present} already there`,
    ...(signed > 0 ? [`${signed} of them with more signers`] : []),
    ...(removed > 0 ? [`${removed} removed earlier`] : []),
  ]
  return `${showFile(name)}: ${parts.join(', ')}`
}
