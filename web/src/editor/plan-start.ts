import type { Grid } from '../../../src/domain/grids/grid.ts'
import type { Pair } from '../../../src/domain/tasks/task.ts'
import { blankGrid, heightOf, widthOf } from '../grid/edit-grid.ts'

/** As in the official interface: three by three, blank. */
export const defaultStart: Grid = blankGrid(3, 3)

/** The grid to start drawing in: blank, with the input's size if all train pairs keep theirs. */
export function planStart(train: readonly Pair[], input: Grid): Grid {
  const isKept = train.every(
    ({ input: from, output: to }) => heightOf(from) === heightOf(to) && widthOf(from) === widthOf(to),
  )
  return isKept && train.length > 0 ? blankGrid(heightOf(input), widthOf(input)) : defaultStart
}
