import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { orWhenMissing } from '../adapters/files/or-when-missing.ts'
import type { Config } from '../config.ts'

/** Every dataset on this machine: the shipped tasks, `dataset.json`, and the fetched ones. */
export async function listLocalDatasets({ projectRoot, dataDir }: Config): Promise<string[]> {
  const fetched = join(dataDir, 'datasets')
  const names = await orWhenMissing(readdir(fetched), [])
  const places = [
    join(projectRoot, 'data', 'tasks'),
    join(dataDir, 'dataset.json'),
    ...names
      .filter((name) => !name.startsWith('.'))
      .sort()
      .map((name) => join(fetched, name)),
  ]
  const stats = await Promise.all(places.map((place) => orWhenMissing(stat(place), undefined)))
  return places.filter((_, index) => stats[index] !== undefined)
}
