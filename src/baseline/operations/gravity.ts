import type { Grid } from '../../domain/grid.ts'
import type { Pair } from '../../domain/task.ts'
import { backgroundOf, cellAt, keepsSize, mapCells } from '../grids.ts'
import { defineOperation, type Evidence } from '../operation.ts'
import { turnGrid } from '../symmetries.ts'

type Direction = 'down' | 'up' | 'left' | 'right'

/** Turns that make cells fall to the right, and back. */
const turns: Readonly<Record<Direction, readonly [there: string, back: string]>> = {
  right: ['as it is', 'as it is'],
  left: ['mirrored left to right', 'mirrored left to right'],
  down: ['transposed', 'transposed'],
  up: ['turned right', 'turned left'],
}
const directions = Object.keys(turns) as Direction[]

/** Cells fall until they meet others or the edge; one colour may stay where it is and hold up the others. */
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
        cuts = [-1] + [x for x in range(len(row)) if row[x] == fixed] + [len(row)]
        fallen = []
        for start, end in zip(cuts, cuts[1:]):
            stretch = [symbol for symbol in row[start + 1:end]]
            loose = [symbol for symbol in stretch if symbol != empty]
            fallen += [empty] * (len(stretch) - len(loose)) + loose + ([fixed] if end < len(row) else [])
        rows.append(fallen)
    return turn(np.array(rows), back)`,
  apply: fall,
  words: (direction, fixed) =>
    `Filled cells move ${direction} until something stops them${fixed === null ? '' : `; colour ${fixed} stays`}.`,
  cost: (_, fixed) => (fixed === null ? 3 : 5),
  propose: proposeFalls,
  examples: directions.flatMap(
    (direction) =>
      [
        [direction, null],
        [direction, 2],
      ] as [Direction, number | null][],
  ),
})

function* proposeFalls({ train }: Evidence): Iterable<[Direction, number | null]> {
  if (!keepsSize(train)) return
  for (const direction of directions) for (const fixed of [null, ...findStaying(train)]) yield [direction, fixed]
}

/** Colours whose cells hold their places in every pair. */
export function findStaying(train: readonly Pair[]): number[] {
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
  return rows
    ? turnGrid(
        mapCells(rows, (symbol) => symbol),
        back,
      )
    : null
}

function fallRight(row: readonly number[], empty: number, fixed: number | null): number[] {
  const fallen: number[] = []
  let loose: number[] = []
  let start = 0
  const settle = (end: number) => {
    fallen.push(...Array<number>(end - start - loose.length).fill(empty), ...loose)
    loose = []
  }
  for (const [x, symbol] of row.entries()) {
    if (symbol === fixed) {
      settle(x)
      fallen.push(symbol)
      start = x + 1
    } else if (symbol !== empty) loose.push(symbol)
  }
  settle(row.length)
  return fallen
}
