import { countRightCells, type Grid } from '../grids/grid.ts'
import { listTestOutputs, type ItemRecord } from '../runs/record.ts'
import type { ItemReference } from '../tasks/item.ts'
import type { Pair, TaskPairs } from '../tasks/task.ts'

/** The sample of an unsolved task that came closest to its test outputs. */
export interface NearestMiss {
  readonly item: string
  readonly task_id: string
  /** Index of the sample. */
  readonly sample: number
  /** Over all test outputs; an output of another size has none right. */
  readonly cells: number
  readonly cells_right: number
  readonly pairs: readonly (Pair & { readonly given: Grid | null })[]
}

/** @returns undefined if no sample has a test cell right */
export function findNearestMiss(item: ItemReference, task: TaskPairs, record: ItemRecord): NearestMiss | undefined {
  const cells = task.test.reduce((sum, { output }) => sum + output.flat().length, 0)
  const tries = record.samples.map((sample, index) => {
    const predicted = listTestOutputs(sample, task)
    const right = task.test.reduce((sum, { output }, test) => sum + countRightCells(predicted[test] ?? [], output), 0)
    return { index, predicted, right }
  })
  const best = tries.toSorted((a, b) => b.right - a.right || a.index - b.index)[0]
  if (best === undefined || best.right === 0) return undefined
  return {
    item: item.key,
    task_id: item.task_id,
    sample: best.index,
    cells,
    cells_right: best.right,
    pairs: task.test.map((pair, test) => ({ ...pair, given: best.predicted[test] ?? null })),
  }
}

/** Closest first: by the share of cells right, then by how few are wrong. */
export function compareMisses(a: NearestMiss, b: NearestMiss): number {
  return (
    b.cells_right / b.cells - a.cells_right / a.cells ||
    a.cells - a.cells_right - (b.cells - b.cells_right) ||
    (a.item < b.item ? -1 : 1)
  )
}
