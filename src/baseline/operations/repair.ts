import type { Grid } from '../../domain/grids/grid.ts'
import { boxOf, cellAt, cutOut, heightOf, keepsSize, widthOf } from '../grids.ts'
import { defineOperation, inputsOf, type Evidence } from '../operation.ts'

/** A map of cells onto cells: y' = a·y + b·x + c, x' = d·y + e·x + f. */
type Move = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

/** Repairs a damaged pattern: cells of one colour take what a symmetry or a period of the rest puts there. */
export const repair = defineOperation<[damage: number, cut: boolean]>({
  name: 'repair',
  python: `
def repair(grid, damage, cut):
    """Gives the damaged cells what a symmetry or a period of the others puts there; may cut out the mended part."""
    height, width = grid.shape
    moves = [(0, 1, 0, 1, 0, 0)]
    moves += [(1, 0, 0, 0, -1, s) for s in range(width // 2, 3 * width // 2 + 1)]
    moves += [(-1, 0, s, 0, 1, 0) for s in range(height // 2, 3 * height // 2 + 1)]
    moves += [(1, 0, dy, 0, 1, dx) for dy in range(height // 2 + 1) for dx in range(-(width // 2), width // 2 + 1)
              if dy > 0 or dx > 0]
    y, x = np.indices(grid.shape)
    mended = grid.copy()
    for a, b, c, d, e, f in moves:
        ty, tx = a * y + b * x + c, d * y + e * x + f
        inside = (ty >= 0) & (ty < height) & (tx >= 0) & (tx < width)
        there = np.where(inside, grid[ty.clip(0, height - 1), tx.clip(0, width - 1)], damage)
        known = (there != damage) & (grid != damage)
        if known.sum() * 3 < height * width or (there != grid)[known].any():
            continue
        for _ in range(height + width):
            before = (mended == damage).sum()
            there = np.where(inside, mended[ty.clip(0, height - 1), tx.clip(0, width - 1)], damage)
            fill = (mended == damage) & (there != damage)
            mended[fill] = there[fill]
            back = inside & (mended != damage)
            target = (ty[back], tx[back])
            mended[target] = np.where(mended[target] == damage, mended[back], mended[target])
            if (mended == damage).sum() == before:
                break
    return cut_out(mended, grid == damage) if cut else mended`,
  apply: mend,
  words: (damage, cut) =>
    `The grid is a regular pattern, damaged where it is ${damage}. ${cut ? 'The output is what belongs there.' : 'The output is the whole pattern.'}`,
  cost: (_, cut) => 5 + Number(cut),
  propose: proposeRepairs,
  examples: [
    [0, false],
    [3, false],
    [3, true],
  ],
})

function* proposeRepairs(evidence: Evidence): Iterable<[number, boolean]> {
  const cut = !keepsSize(evidence.train)
  for (let damage = 0; damage < 10; damage += 1) {
    if (inputsOf(evidence).every((grid) => grid.some((row) => row.includes(damage)))) yield [damage, cut]
  }
}

function mend(grid: Grid, damage: number, cut: boolean): Grid | null {
  const box = boxOf(grid, (symbol) => symbol === damage)
  const result = grid.map((row) => [...row])
  for (const move of listMoves(heightOf(grid), widthOf(grid))) {
    if (holds(grid, move, damage)) for (let remaining = -1; remaining !== (remaining = fill(result, move, damage)););
  }
  return cut ? box && cutOut(result, box) : result
}

function* listMoves(height: number, width: number): Iterable<Move> {
  const [halfHeight, halfWidth] = [Math.floor(height / 2), Math.floor(width / 2)]
  yield [0, 1, 0, 1, 0, 0]
  for (let sum = halfWidth; sum <= Math.floor((3 * width) / 2); sum += 1) yield [1, 0, 0, 0, -1, sum]
  for (let sum = halfHeight; sum <= Math.floor((3 * height) / 2); sum += 1) yield [-1, 0, sum, 0, 1, 0]
  for (let dy = 0; dy <= halfHeight; dy += 1) {
    for (let dx = -halfWidth; dx <= halfWidth; dx += 1) if (dy > 0 || dx > 0) yield [1, 0, dy, 0, 1, dx]
  }
}

const target = ([a, b, c, d, e, f]: Move, y: number, x: number) => [a * y + b * x + c, d * y + e * x + f] as const

/** Whether no known cell contradicts the move, and a third of all cells support it. */
function holds(grid: Grid, move: Move, damage: number): boolean {
  let knownCells = 0
  for (const [y, row] of grid.entries()) {
    for (const [x, symbol] of row.entries()) {
      const there = cellAt(grid, ...target(move, y, x))
      if (there < 0 || there === damage || symbol === damage) continue
      if (there !== symbol) return false
      knownCells += 1
    }
  }
  return knownCells * 3 >= heightOf(grid) * widthOf(grid)
}

/** Copies along the move, in both directions, if one end is damaged; returns how many cells are still damaged. */
function fill(mended: number[][], move: Move, damage: number): number {
  let remaining = 0
  for (const [y, row] of mended.entries()) {
    for (const [x, symbol] of row.entries()) {
      const [toY, toX] = target(move, y, x)
      const there = cellAt(mended, toY, toX)
      const to = mended[toY]
      if (symbol === damage && there >= 0 && there !== damage) row[x] = there
      else if (symbol !== damage && there === damage && to) to[toX] = symbol
      remaining += Number(row[x] === damage)
    }
  }
  return remaining
}
