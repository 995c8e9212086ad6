import type { MatrixDocument } from '../../../src/api/documents.ts'
import { nameTask } from '../../../src/domain/format.ts'
import { markLetters } from '../../../src/domain/results/sample-mark.ts'
import type { MatrixView, SolvedBy } from '../address/run-views.ts'

export type MatrixRow = MatrixDocument['rows'][number]

/**
 * The rows that a view leaves, in its order: those a run's page shows, and a sample's page steps through.
 *
 * @param pairs who solved each task, see `pairRows`; without them, the view's filter by that is not applied
 */
export function arrangeRows(
  rows: readonly MatrixRow[],
  { search, resolution, mark, order, solved }: MatrixView,
  pairs?: ReadonlyMap<string, SolvedBy>,
): readonly MatrixRow[] {
  const word = (search ?? '').trim().toLowerCase()
  const letter = mark && markLetters[mark]
  const matches = rows.filter(
    (row) =>
      (word === '' || nameTask(row).toLowerCase().includes(word)) &&
      (resolution === undefined || row.resolution === resolution) &&
      (letter === undefined || row.marks.includes(letter)) &&
      (solved === undefined || pairs === undefined || pairs.get(row.item) === solved),
  )
  switch (order) {
    case 'name':
      return matches.toSorted((a, b) => a.item.localeCompare(b.item, 'en', { numeric: true }))
    case 'nearest':
      return matches.toSorted((a, b) => compareMisses(a.nearest, b.nearest))
    case 'fewest-right':
      return matches.toSorted((a, b) => countRight(a) - countRight(b))
    default:
      return matches
  }
}

/** Nearest first, and last the tasks that have no miss: solved, not recorded, or nothing right at all. */
function compareMisses(a: MatrixRow['nearest'], b: MatrixRow['nearest']): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return b.cells_right / b.cells - a.cells_right / a.cells || a.cells - a.cells_right - (b.cells - b.cells_right)
}

/** Right samples; a task that is not recorded has none. */
function countRight({ marks }: MatrixRow): number {
  return marks === '' ? 0 : marks.split(markLetters.right).length - 1
}
