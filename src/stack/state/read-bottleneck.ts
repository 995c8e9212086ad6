import { readLoads } from '../../adapters/worker-loads.ts'
import type { Config } from '../../config.ts'
import { nameBottleneck, type Bottleneck } from '../../domain/load/name-bottleneck.ts'
import { joinLoads } from '../../domain/load/worker-load.ts'
import { listStackFiles } from './stack-files.ts'

/** What the workers of a data folder wait for; undefined if none is at work. */
export async function readBottleneck(config: Pick<Config, 'stateDir'>): Promise<Bottleneck | undefined> {
  const load = joinLoads(await readLoads(listStackFiles(config).ready))
  return load && nameBottleneck(load)
}
