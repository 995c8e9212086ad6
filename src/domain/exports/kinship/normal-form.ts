import type { Grid } from '../../grids/grid.ts'
import { transposeGrid } from './transpose-grid.ts'

/**
 * What padding and scaling leave unchanged in a grid: edges of a single symbol are removed, round by round,
 * and then blocks of equal cells become one cell each. A grid that was padded and scaled, in either order, has the same normal
 * form, and symmetries and permutations of symbols commute with it.
 */
export function normalForm(grid: Grid): Grid {
  return shrinkBlocks(stripEdges(grid))
}

function stripEdges(grid: Grid): Grid {
  let rest = grid
  for (;;) {
    const columns = transposeGrid(rest)
    const isPlain = (line: readonly number[] = []) => line.length > 1 && line.every((symbol) => symbol === line[0])
    // All four at once, so that the result does not depend on an order.
    const [top, bottom, left, right] = [rest.at(0), rest.at(-1), columns.at(0), columns.at(-1)].map(isPlain)
    if (!top && !bottom && !left && !right) return rest
    const rows = rest.slice(top ? 1 : 0, bottom ? -1 : undefined)
    const stripped = rows.map((row) => row.slice(left ? 1 : 0, right ? -1 : undefined))
    // A grid of one symbol ends up as one cell.
    if ((stripped[0]?.length ?? 0) === 0) return [[rest[0]?.[0] ?? 0]]
    rest = stripped
  }
}

function shrinkBlocks(grid: Grid): Grid {
  return transposeGrid(shrinkRows(transposeGrid(shrinkRows(grid))))
}

/** One row of each of the largest groups of as many equal rows as each other. */
function shrinkRows(grid: Grid): Grid {
  const rows = grid.map((row) => row.join(''))
  for (let size = rows.length; size > 1; size -= 1) {
    if (rows.length % size !== 0) continue
    if (rows.every((row, y) => row === rows[y - (y % size)])) return grid.filter((_, y) => y % size === 0)
  }
  return grid
}
