import type { MatrixDocument } from '../../../src/api/documents.ts'
import { nameTask } from '../../../src/domain/format.ts'
import { markLetters } from '../../../src/domain/results/sample-mark.ts'
import type { MatrixView } from '../address/run-views.ts'

export type MatrixRow = MatrixDocument['rows'][number]

/** The rows that match a view, in its order. */
export function arrangeRows(
  rows: readonly MatrixRow[],
  { search, resolution, mark, order }: MatrixView,
): readonly MatrixRow[] {
  const word = (search ?? '').trim().toLowerCase()
  const letter = mark && markLetters[mark]
  const shown = rows.filter(
    (row) =>
      (word === '' || nameTask(row).toLowerCase().includes(word)) &&
      (resolution === undefined || row.resolution === resolution) &&
      (letter === undefined || row.marks.includes(letter)),
  )
  switch (order) {
    case 'name':
      return shown.toSorted((a, b) => a.item.localeCompare(b.item, 'en', { numeric: true }))
    case 'nearest':
      return shown.toSorted((a, b) => compareMisses(a.nearest, b.nearest))
    case 'fewest-right':
      return shown.toSorted((a, b) => countRight(a) - countRight(b))
    default:
      return shown
  }
}

/** Nearest misses first; tasks without a miss come last: solved, not recorded, or with no right cell at all. */
function compareMisses(a: MatrixRow['nearest'], b: MatrixRow['nearest']): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return b.cells_right / b.cells - a.cells_right / a.cells || a.cells - a.cells_right - (b.cells - b.cells_right)
}

/** Number of right samples; 0 for a task that is not recorded. */
function countRight({ marks }: MatrixRow): number {
  return marks === '' ? 0 : marks.split(markLetters.right).length - 1
}
