import { readdir } from 'node:fs/promises'
import { dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { Config } from '../../config.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { listLocalDatasets } from '../list-local-datasets.ts'

/** A dataset, or a split of one, that a run may be about. */
export interface OrderDataset {
  /** As `--dataset` takes it; relative to the project where it is inside. */
  readonly path: string
  /** Number of task files; null for a file that holds a list of tasks. */
  readonly tasks: number | null
}

type Folders = Pick<Config, 'projectRoot' | 'dataDir'>

/** The datasets on this machine, each followed by the folders in it that hold tasks. */
export async function listOrderDatasets(config: Config): Promise<OrderDataset[]> {
  const roots = await listLocalDatasets(config)
  return (await Promise.all(roots.map(async (root) => listFolders(root)))).flat().map(({ path, tasks }) => ({
    path: showPath(config, path),
    tasks,
  }))
}

async function listFolders(root: string): Promise<OrderDataset[]> {
  if (extname(root) === '.json') return [{ path: root, tasks: null }]
  const names = await readdir(root, { recursive: true })
  const files = names.filter((name) => name.endsWith('.json') && !name.split(sep).some((part) => part.startsWith('.')))
  const folders = Map.groupBy(files, (name) => dirname(join(root, name)))
  const parts = [...folders]
    .map(([path, inside]) => ({ path, tasks: inside.length }))
    .toSorted((a, b) => a.path.localeCompare(b.path, 'en'))
  const whole = { path: root, tasks: files.length }
  return files.length === 0 ? [] : parts.length === 1 ? [whole] : [whole, ...parts.filter(({ path }) => path !== root)]
}

/** A path as it is shown and typed: from the project's folder. */
export function showPath({ projectRoot }: Pick<Folders, 'projectRoot'>, path: string): string {
  const way = relative(projectRoot, path)
  return way.startsWith('..') || isAbsolute(way) ? path : way
}

/**
 * Whoever asks over HTTP may name the listed datasets alone: the server must not read other files for them.
 *
 * @returns absolute paths
 * @throws {UsageError}
 */
export async function findOrderDatasets(config: Config, paths: readonly string[]): Promise<string[]> {
  const listed = new Set((await listOrderDatasets(config)).map(({ path }) => path))
  const other = paths.find((path) => !listed.has(path))
  if (other !== undefined)
    throw new UsageError(`--dataset ${other}: not among the datasets here: ${[...listed].join(', ')}.`)
  return paths.map((path) => resolve(config.projectRoot, path))
}
