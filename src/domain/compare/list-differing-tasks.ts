import { listComparedTasks, type ComparisonOptions } from './compare-runs.ts'
import type { ComparedRun } from './compared-run.ts'

/** A task on which runs differ. */
export interface DifferingTask {
  readonly name: string
  readonly dataset: string
  readonly split: string
  /** Test outputs of the task. */
  readonly outputs: number
  /** What each run achieved on it, in the order of the runs. */
  readonly runs: readonly TaskOfRun[]
}

interface TaskOfRun {
  /** Key of the item within that run. */
  readonly item: string
  /** Test outputs matched by the selected attempts. */
  readonly matched: number
  /** Samples right on all test outputs, selected or not. */
  readonly right: number
  readonly recorded: boolean
}

/** The compared tasks on which the runs matched different numbers of test outputs, by name. */
export function listDifferingTasks(
  runs: readonly ComparedRun[],
  { allTasks = false }: ComparisonOptions = {},
): DifferingTask[] {
  return listComparedTasks(runs, allTasks)
    .flatMap((task): DifferingTask[] => {
      const results = runs.flatMap(({ tasks }) => tasks.get(task) ?? [])
      const [first] = results
      if (first === undefined || results.every(({ matched }) => matched === first.matched)) return []
      return [
        {
          name: first.name,
          dataset: first.dataset,
          split: first.split,
          outputs: first.outputs,
          runs: results.map(({ item, matched, right, recorded }) => ({ item, matched, right, recorded })),
        },
      ]
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
