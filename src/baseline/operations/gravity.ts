import type { Grid } from '../../domain/grids/grid.ts'
import type { Pair } from '../../domain/tasks/task.ts'
import { backgroundOf, cellAt, keepsSize } from '../grids.ts'
import { defineOperation, type Evidence } from '../operation.ts'
import { turnGrid } from '../symmetries.ts'

type Direction = 'down' | 'up' | 'left' | 'right'

/** Turns after which cells fall to the right, and the turns back. */
const turns: Readonly<Record<Direction, readonly [there: string, back: string]>> = {
  right: ['as it is', 'as it is'],
  left: ['mirrored left to right', 'mirrored left to right'],
  down: ['transposed', 'transposed'],
  up: ['turned right', 'turned left'],
}
const directions = Object.keys(turns) as Direction[]

/** Cells fall until they meet others or the edge; one colour may stay in place and hold up the others. */
export const gravity = defineOperation<[direction: Direction, fixed: number | null]>({
  name: 'gravity',
  python: `
def gravity(grid, direction, fixed):
    """Cells fall until they meet others or the edge; cells of the fixed colour stay and hold up the others."""
    empty = background(grid)
    there, back = {"right": ("as it is",) * 2, "left": ("mirrored left to right",) * 2,
                   "down": ("transposed",) * 2, "up": ("turned right", "turned left")}[direction]
    rows = []
    for row in turn(grid, there):
        rank = np.where(row == fixed, 0, np.where(row == empty, 1, 2))
        rows.append(row[np.lexsort((rank, np.cumsum(row == fixed)))])
    return turn(np.array(rows), back)`,
  apply: fall,
  words: (direction, fixed) =>
    `Filled cells move ${direction} until something stops them${fixed === null ? '' : `; colour ${fixed} stays`}.`,
  cost: (_, fixed) => (fixed === null ? 3 : 5),
  propose: proposeFalls,
  examples: directions.flatMap((direction) => [null, 2].map((fixed): [Direction, number | null] => [direction, fixed])),
})

function* proposeFalls({ train }: Evidence): Iterable<[Direction, number | null]> {
  if (!keepsSize(train)) return
  for (const direction of directions) for (const fixed of [null, ...findStaying(train)]) yield [direction, fixed]
}

/** Colours whose cells keep their places in every pair. */
function findStaying(train: readonly Pair[]): number[] {
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((colour) => train.every((pair) => stays(pair, colour)))
}

function stays({ input, output }: Pair, colour: number): boolean {
  const cells = input.flatMap((row, y) => row.flatMap((symbol, x) => (symbol === colour ? [cellAt(output, y, x)] : [])))
  return cells.length > 0 && cells.every((symbol) => symbol === colour)
}

function fall(grid: Grid, direction: Direction, fixed: number | null): Grid | null {
  const empty = backgroundOf(grid)
  const [there, back] = turns[direction]
  const rows = turnGrid(grid, there)?.map((row) => fallRight(row, empty, fixed))
  return rows ? turnGrid(rows, back) : null
}

/** Sorts each stretch that starts with a fixed cell: that cell, then the empty ones, then the falling ones. */
function fallRight(row: readonly number[], empty: number, fixed: number | null): number[] {
  let stretch = 0
  const cells = row.map((symbol) => {
    stretch += Number(symbol === fixed)
    return { symbol, stretch, rank: symbol === fixed ? 0 : symbol === empty ? 1 : 2 }
  })
  return cells.sort((a, b) => a.stretch - b.stretch || a.rank - b.rank).map(({ symbol }) => symbol)
}
