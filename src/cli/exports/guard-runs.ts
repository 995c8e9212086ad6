import type { Config } from '../../config.ts'
import type { GuardedTask, Standing } from '../../domain/exports/guard.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'
import { guardTasks, type GuardedTasks, type GuardFlags } from './guard-tasks.ts'
import type { OpenedRun } from './open-runs.ts'

/** A task that runs have recorded, with its relation to the evaluation sets. */
export interface GuardedItem {
  /** As in the first of the runs. */
  readonly item: ItemReference
  readonly standing: Standing
  readonly uses: readonly ItemUse[]
}

/** A task in one run. */
interface ItemUse {
  readonly opened: OpenedRun
  readonly item: ItemReference
}

export interface GuardedRuns extends Omit<GuardedTasks, 'standings'> {
  /** In order of first occurrence. */
  readonly items: readonly GuardedItem[]
}

/**
 * Judges the recorded tasks of runs, each once. If one run labels a task as an evaluation task, it is one in all of them: its
 * content decides, whatever the others call it.
 *
 * @param uses from `listUses`
 * @throws {UsageError} if an evaluation set is missing, unless evaluation tasks are allowed
 */
export async function guardRuns(
  config: Pick<Config, 'dataDir' | 'projectRoot'>,
  uses: readonly TaskUses[],
  flags: GuardFlags & { readonly onTask: () => void },
): Promise<GuardedRuns> {
  const runs = new Set(uses.flatMap((task) => task.map(({ opened }) => opened)))
  const paths = [...runs].flatMap(({ run }) => run.datasets.map(({ path }) => path))
  const { standings, ...guarded } = await guardTasks(config, {
    ...flags,
    datasets: [...new Set(paths)],
    tasks: readTasks(uses),
  })
  const evaluation = new Set(uses.filter((_, index) => standings[index]?.evaluation).map(([{ item }]) => item.hash))
  const items = uses.flatMap((task, index): GuardedItem[] => {
    const standing = standings[index]
    const [{ item }] = task
    return standing === undefined
      ? []
      : [{ item, standing: { ...standing, evaluation: evaluation.has(item.hash) }, uses: task }]
  })
  return { ...guarded, items }
}

/** One task, with every place it is recorded. */
type TaskUses = readonly [ItemUse, ...ItemUse[]]

/** The recorded tasks of runs, with identical ones grouped. */
export function listUses(runs: readonly OpenedRun[]): readonly TaskUses[] {
  const uses = runs.flatMap((opened) => opened.recorded.map((item): ItemUse => ({ opened, item })))
  const tasks = new Map<string, [ItemUse, ...ItemUse[]]>()
  for (const use of uses) {
    const name = identifyItem(use.item)
    const task = tasks.get(name)
    if (task === undefined) tasks.set(name, [use])
    else task.push(use)
  }
  return [...tasks.values()]
}

/** Equal for items of several runs that are the same task from one dataset. Within a run no two are equal. */
export function identifyItem({ task_id, version, hash, dataset, split }: ItemReference): string {
  return JSON.stringify([task_id, version, hash, dataset, split])
}

/** One by one, so that a large run is never held in memory. */
async function* readTasks(uses: readonly TaskUses[]): AsyncGenerator<GuardedTask> {
  for (const [{ opened, item }] of uses) yield { ...item, ...(await opened.folder.readPairs(item.hash)) }
}
