import { join } from 'node:path'
import { DownloadFailed } from '../../adapters/datasets/official/download.ts'
import { fetchDataset } from '../../adapters/datasets/official/fetch-dataset.ts'
import { readDataset } from '../../adapters/datasets/read-dataset.ts'
import { keptFingerprints, writeFingerprints } from '../../adapters/exports/fingerprint-files.ts'
import { showFile } from '../../adapters/files/show-file.ts'
import { prepareDataDir } from '../../config.ts'
import { publishedBenchmarks, type Benchmark } from '../../domain/tasks/benchmarks.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { createContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { createProgressLine } from '../terminal/progress-line.ts'

/** Fetches an official dataset into the data folder. Its name has been checked. */
export async function fetchOfficial(
  name: string,
  { from, json }: { readonly from?: string; readonly json?: boolean },
): Promise<ExitCode> {
  const { config, print, note } = createContext()
  const set = publishedBenchmarks.find((set) => set.name === name)
  if (set === undefined) throw new UsageError(`There is no official dataset "${name}".`)
  prepareDataDir(config)
  const progress = createProgressLine(process.stderr)
  const onProgress = (bytes: number) => progress.show(`${name}: ${(bytes / 1e6).toFixed(1)} MB`)
  try {
    const { path, outcome } = await fetchDataset({ set, from, folder: join(config.dataDir, 'datasets'), onProgress })
    progress.end()
    await keepFingerprints(config.dataDir, set, path)
    const splits = Object.keys(set.trees).map((tree) => join(path, tree))
    if (json) {
      print(JSON.stringify({ name, path, outcome, repository: set.repository, commit: set.commit, splits }, null, 2))
    } else {
      note(outcome === 'present' ? `${name} is already installed and verified.` : `${name} is verified.`)
      print(splits.map((split) => showFile(split)).join('\n'))
    }
    return exitCodes.complete
  } catch (error) {
    progress.end()
    if (!(error instanceof DownloadFailed)) throw error
    const otherWay = `get it, or a checkout of ${set.repository}, some other way, then run:`
    const line = `npx arcloom dataset fetch ${name} --from PATH`
    throw new DownloadFailed(`${error.message}\n  fix: ${otherWay} ${line}`, { cause: error })
  }
}

/** So that exports recognise the set's tasks even without the set. Its trees prove that it is what was published. */
async function keepFingerprints(dataDir: string, { name, trees }: Benchmark, path: string): Promise<void> {
  for (const split of ['training', 'evaluation'] as const) {
    const tree = `data/${split}`
    const { tasks } = await readDataset(join(path, tree))
    await writeFingerprints(keptFingerprints(dataDir), { name, split, tree: trees[tree] ?? '', tasks })
  }
}
