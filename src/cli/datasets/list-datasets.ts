import { resolve } from 'node:path'
import { hashTask } from '../../adapters/datasets/hash-task.ts'
import { readDataset, type DatasetReading } from '../../adapters/datasets/read-dataset.ts'
import { quotePath, showFile } from '../../adapters/files/show-file.ts'
import { count } from '../../domain/count.ts'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { summarizeDatasets } from '../../domain/tasks/summarize-datasets.ts'
import { listLocalDatasets } from '../../operations/list-local-datasets.ts'
import { createContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { fitTable } from '../terminal/render-table.ts'

/** Lists datasets; faults are only counted here, `dataset validate` names them. */
export async function listDatasets(pathArguments: readonly string[], json: boolean | undefined): Promise<ExitCode> {
  const { config, print, note, columns } = createContext()
  const paths = pathArguments.length > 0 ? pathArguments : await listLocalDatasets(config)
  const readings = await Promise.all(paths.map(pathArguments.length > 0 ? readDataset : readOrFault))
  const tasks = readings.flatMap((reading) => reading.tasks.map((task) => ({ task, hash: hashTask(task) })))
  const splits = summarizeDatasets(tasks)
  const roots = readings.map(({ path, tasks, faults }) => ({
    path,
    absolute_path: resolve(path),
    entries: tasks.length,
    faults: faults.length,
  }))
  if (json) {
    print(JSON.stringify({ roots, splits }, null, 2))
    return exitCodes.complete
  }
  const rows = splits.map(({ dataset, split, tasks, versions, shared }) => [
    dataset,
    split,
    String(tasks),
    String(versions),
    Object.entries(shared)
      .map(([other, tasks]) => `${tasks} in ${other}`)
      .join(', '),
  ])
  print(fitTable(['dataset', 'split', 'tasks', 'versions', 'also elsewhere'], rows, columns))
  for (const { path, faults } of roots) {
    const shownPath = showFile(path)
    note(
      faults === 0
        ? shownPath
        : `${shownPath}: ${count(faults, 'fault')}; npx arcloom dataset validate ${quotePath(path)}`,
    )
  }
  return exitCodes.complete
}

/** An empty folder in `data/datasets` must not prevent the listing. */
async function readOrFault(path: string): Promise<DatasetReading> {
  try {
    return await readDataset(path)
  } catch (error) {
    if (error instanceof MalformedInput) return { path, tasks: [], faults: [error] }
    throw error
  }
}
