import { Command } from 'commander'
import { readDataset } from '../../adapters/datasets/read-dataset.ts'
import { createContext } from '../context.ts'
import { endWith } from '../end-with.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'

export function createDatasetCommand(): Command {
  const command = new Command('dataset').description('task folders and dataset.json')
  command
    .command('validate')
    .argument('<path...>')
    .description('read tasks and print every fault, with its file and its place')
    .option('--json', 'print one JSON document on stdout')
    .action((paths: string[], flags: { json?: boolean }) => endWith(validate(paths, flags.json)))
  return command
}

async function validate(paths: readonly string[], json: boolean | undefined): Promise<ExitCode> {
  const { print, note } = createContext()
  const readings = await Promise.all(paths.map(readDataset))
  const faults = readings.flatMap((reading) => reading.faults)
  if (json) {
    const found = readings.map(({ path, tasks, faults }) => ({
      path,
      tasks: tasks.length,
      faults: faults.map(({ file, place, message }) => ({ file, place, message })),
    }))
    print(JSON.stringify({ ok: faults.length === 0, datasets: found }, null, 2))
  } else {
    for (const fault of faults) print(fault.message)
    for (const { path, tasks, faults } of readings) note(`${path}: ${tasks.length} tasks, ${faults.length} faults`)
  }
  return faults.length === 0 ? exitCodes.complete : exitCodes.usage
}
