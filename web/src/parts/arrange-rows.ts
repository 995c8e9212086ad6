import type { MatrixDocument } from '../../../src/api/documents.ts'
import { nameTask } from '../../../src/domain/format.ts'
import { markLetters } from '../../../src/domain/results/sample-mark.ts'
import type { MatrixView } from '../address/run-views.ts'

type Row = MatrixDocument['rows'][number]

/** The rows of a run's matrix that a filter leaves, in the order that was asked for. A run's page and the samples' walk share it. */
export function arrangeRows(rows: readonly Row[], { search, resolution, mark, order }: MatrixView): Row[] {
  const words = search?.toLowerCase()
  const matches = rows.filter(
    (row) =>
      (words === undefined || nameTask(row).toLowerCase().includes(words)) &&
      (resolution === undefined || row.resolution === resolution) &&
      (mark === undefined || row.marks.includes(markLetters[mark])),
  )
  switch (order) {
    case 'name':
      return matches.toSorted((a, b) => (nameTask(a) < nameTask(b) ? -1 : 1))
    case 'nearest':
      return matches.toSorted((a, b) => nearness(b) - nearness(a))
    case 'fewest-right':
      return matches.toSorted((a, b) => countRight(a) - countRight(b))
    default:
      return matches
  }
}

/** Share of the cells that the nearest sample has right; tasks without a miss come last. */
function nearness({ nearest }: Row): number {
  return nearest === null ? -1 : nearest.cells_right / nearest.cells
}

const countRight = ({ marks }: Row) => Array.from(marks).filter((letter) => letter === markLetters.right).length
