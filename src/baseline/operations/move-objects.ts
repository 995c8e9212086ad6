import type { Grid } from '../../domain/grid.ts'
import { backgroundOf, cellAt, countSymbols, heightOf, widthOf } from '../grids.ts'
import { findObjects, joinings, type Joining } from '../objects.ts'
import { defineOperation, type Evidence } from '../operation.ts'
import { findStaying } from './gravity.ts'

const directions: Readonly<Record<string, readonly [dy: number, dx: number]>> = {
  down: [1, 0],
  up: [-1, 0],
  right: [0, 1],
  left: [0, -1],
}

/** Whole objects move one way until they meet another or the edge, or by so many cells; those of one colour stay. */
export const moveObjects = defineOperation<
  [joining: Joining, direction: string, most: number | null, fixed: number | null]
>({
  name: 'move_objects',
  python: `
def move_objects(grid, joining, direction, most, fixed):
    """Objects move until they meet another or the edge, or by so many cells; those of the fixed colour stay."""
    dy, dx = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}[direction]
    empty = background(grid)
    labels = find_objects(grid, joining)
    objects = [np.argwhere(labels == label) for label in range(labels.max() + 1)]
    objects = [cells for cells in objects if grid[tuple(cells[0])] not in (empty, fixed)]
    output = grid.copy()
    for cells in sorted(objects, key=lambda cells: -(cells @ (dy, dx)).max()):  # the foremost first
        symbols = output[tuple(cells.T)]
        output[tuple(cells.T)] = empty
        moved = 0
        while most is None or moved < most:
            there = cells + (dy, dx)
            if there.min() < 0 or (there >= grid.shape).any() or (output[tuple(there.T)] != empty).any():
                break
            cells, moved = there, moved + 1
        output[tuple(cells.T)] = symbols
    return output`,
  apply: move,
  words: (joining, direction, most, fixed) =>
    `Each object (touching cells of ${joining}) moves ${direction} ${most === null ? 'until it meets another or the edge' : `by ${most}`}${fixed === null ? '' : `; colour ${fixed} stays where it is`}.`,
  cost: (joining, _, most, fixed) =>
    5 + joinings.indexOf(joining) / 2 + (most === null ? 0 : 1) + (fixed === null ? 0 : 2),
  propose: proposeMoves,
  examples: [
    ...Object.keys(directions).map((direction) => ['any colour, diagonally', direction, null, null] as const),
    ['one colour', 'down', 2, null],
    ['one colour', 'right', null, 2],
  ] as [Joining, string, number | null, number | null][],
})

function* proposeMoves({ train }: Evidence): Iterable<[Joining, string, number | null, number | null]> {
  const keepsCells = train.every(
    ({ input, output }) =>
      heightOf(input) === heightOf(output) && countSymbols(input).join() === countSymbols(output).join(),
  )
  if (!keepsCells) return
  const fixed = [null, ...findStaying(train)]
  for (const joining of joinings) {
    for (const direction of Object.keys(directions)) {
      for (const most of [null, 1, 2, 3]) for (const colour of fixed) yield [joining, direction, most, colour]
    }
  }
}

function move(grid: Grid, joining: Joining, direction: string, most: number | null, fixed: number | null): Grid | null {
  const [dy, dx] = directions[direction] ?? [0, 0]
  const [width, empty] = [widthOf(grid), backgroundOf(grid)]
  const output = grid.map((row) => [...row])
  const objects = findObjects(grid, joining)
    .list.filter(({ isBackground }) => !isBackground)
    .map(({ cells }) =>
      cells.toSorted((a, b) => a - b).map((cell) => ({ y: Math.floor(cell / width), x: cell % width })),
    )
    .filter(([first]) => first && cellAt(grid, first.y, first.x) !== fixed)
    .map((cells) => ({ cells, front: Math.max(...cells.map(({ y, x }) => y * dy + x * dx)) }))
  // The foremost first, so that the others can follow it.
  for (const { cells } of objects.sort((a, b) => b.front - a.front)) {
    const symbols = cells.map(({ y, x }) => cellAt(output, y, x))
    for (const { y, x } of cells) output[y]?.splice(x, 1, empty)
    const fits = (by: number) => cells.every(({ y, x }) => cellAt(output, y + by * dy, x + by * dx) === empty)
    const limit = most ?? Infinity
    let by = 0
    while (by < limit && fits(by + 1)) by += 1
    for (const [index, { y, x }] of cells.entries())
      output[y + by * dy]?.splice(x + by * dx, 1, symbols[index] ?? empty)
  }
  return output
}
