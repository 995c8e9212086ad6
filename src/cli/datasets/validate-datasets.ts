import { resolve } from 'node:path'
import { hashTask } from '../../adapters/datasets/hash-task.ts'
import { readDataset, type DatasetReading } from '../../adapters/datasets/read-dataset.ts'
import { showFault, showFile } from '../../adapters/files/show-file.ts'
import { count } from '../../domain/count.ts'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { leaveOutRepeats } from '../../domain/tasks/item.ts'
import { findAmbiguousNames, findSameContents } from '../../domain/tasks/summarize-datasets.ts'
import { describeRepeats } from '../../operations/describe-repeats.ts'
import { referToTask } from '../../runs/refer-to-task.ts'
import { createContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'

/** Keep terminal output short; `--json` lists them all. */
const maxNamed = 10

/** Reports every fault. One content under two names is reported, but is not a fault. */
export async function validateDatasets(paths: readonly string[], json: boolean | undefined): Promise<ExitCode> {
  const { print, note } = createContext()
  const checked = (await Promise.all(paths.map(readDataset))).map(checkReading)
  const ok = checked.every(({ faults }) => faults.length === 0)
  if (json) {
    const datasets = checked.map(({ path, tasks, faults, same }) => ({
      path,
      absolute_path: resolve(path),
      tasks,
      faults: faults.map(({ file, place, message }) => ({ file, file_path: resolve(file), place, message })),
      same_content: same,
    }))
    print(JSON.stringify({ ok, datasets }, null, 2))
  } else {
    for (const fault of checked.flatMap(({ faults }) => faults)) print(showFault(fault))
    for (const { path: typed, tasks, faults, same, repeats } of checked) {
      const path = showFile(typed)
      for (const names of same.slice(0, maxNamed)) note(`${path}: these have the same content: ${names.join(', ')}`)
      if (same.length > maxNamed) note(`${path}: … and ${count(same.length - maxNamed, 'more such group')}`)
      const repeated = describeRepeats(repeats)
      if (repeated !== undefined) note(`${path}: ${repeated}`)
      note(`${path}: ${count(tasks, 'task')}, ${count(faults.length, 'fault')}`)
    }
  }
  return ok ? exitCodes.complete : exitCodes.usage
}

function checkReading({ path, tasks, faults }: DatasetReading) {
  const hashed = tasks.map((task) => ({ task, hash: hashTask(task) }))
  const ambiguous = findAmbiguousNames(hashed).map((name) => {
    return new MalformedInput(path, '', `${name} occurs more than once, with different contents`)
  })
  const { repeats } = leaveOutRepeats(tasks.map(referToTask))
  return { path, tasks: tasks.length, faults: [...faults, ...ambiguous], same: findSameContents(hashed), repeats }
}
