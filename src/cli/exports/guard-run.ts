import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { Config } from '../../config.ts'
import type { GuardedTask, Standing } from '../../domain/exports/guard.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'
import { guardTasks, type GuardedTasks, type GuardFlags } from './guard-tasks.ts'

export interface GuardedRun extends Omit<GuardedTasks, 'standings'> {
  readonly items: readonly GuardedItem[]
}

export interface GuardedItem {
  readonly item: ItemReference
  readonly standing: Standing
}

/**
 * Judges items of a run.
 *
 * @throws {UsageError} where an evaluation set is missing, unless evaluation tasks are allowed
 */
export async function guardRun(
  config: Pick<Config, 'dataDir' | 'projectRoot'>,
  folder: RunFolder,
  items: readonly ItemReference[],
  flags: GuardFlags & { readonly onTask: () => void },
): Promise<GuardedRun> {
  const { datasets } = await folder.readRun()
  const { standings, ...guarded } = await guardTasks(config, {
    ...flags,
    datasets: datasets.map(({ path }) => path),
    tasks: readTasks(folder, items),
  })
  return { ...guarded, items: standings.flatMap((standing, index) => pairUp(items[index], standing)) }
}

/** One by one, so that a large run is never held whole. */
async function* readTasks(folder: RunFolder, items: readonly ItemReference[]): AsyncGenerator<GuardedTask> {
  for (const item of items) yield { ...item, ...(await folder.readPairs(item.hash)) }
}

function pairUp(item: ItemReference | undefined, standing: Standing): GuardedItem[] {
  return item === undefined ? [] : [{ item, standing }]
}
