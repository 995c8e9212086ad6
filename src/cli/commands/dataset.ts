import { Argument, Command } from 'commander'
import { publishedBenchmarks } from '../../domain/tasks/benchmarks.ts'
import { fetchOfficial } from '../datasets/fetch-official.ts'
import { listDatasets } from '../datasets/list-datasets.ts'
import { mergeFiles } from '../datasets/merge-files.ts'
import { validateDatasets } from '../datasets/validate-datasets.ts'
import { createJsonFlag } from '../json-flag.ts'
import { endWith } from '../terminal/end-with.ts'

export function createDatasetCommand(): Command {
  const command = new Command('dataset').description('task folders and dataset.json')
  command
    .command('list')
    .argument('[path...]')
    .description('list datasets with their splits, tasks and versions (default: all in the data folder)')
    .addOption(createJsonFlag())
    .action((paths: string[], flags: { json?: boolean }) => endWith(listDatasets(paths, flags.json)))
  command
    .command('validate')
    .argument('<path...>')
    .description('read tasks and print every fault with its file and place')
    .addOption(createJsonFlag())
    .action((paths: string[], flags: { json?: boolean }) => endWith(validateDatasets(paths, flags.json)))
  command
    .command('merge')
    .argument('<path...>')
    .description('merge datasets and their signers into data/dataset.json, or into a new file')
    .option('--output <path>', 'write to a new file instead')
    .addOption(createJsonFlag())
    .action((paths: string[], flags: { output?: string; json?: boolean }) => endWith(mergeFiles(paths, flags)))
  command
    .command('fetch')
    .addArgument(new Argument('<set>', 'an official dataset').choices(publishedBenchmarks.map(({ name }) => name)))
    .description('download an official dataset into data/datasets and verify it')
    .option('--from <place>', 'where to get it: another URL, an archive, or a checkout of the repository')
    .addOption(createJsonFlag())
    .action((name: string, flags: { from?: string; json?: boolean }) => endWith(fetchOfficial(name, flags)))
  return command
}
