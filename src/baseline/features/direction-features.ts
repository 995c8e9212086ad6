import type { Grid } from '../../domain/grids/grid.ts'
import { backgroundOf, cellAt, heightOf, widthOf } from '../grids.ts'
import { computeCells, type Feature, type FeatureFamily } from './feature.ts'

const directions: readonly (readonly [words: string, dy: number, dx: number])[] = [
  ['above', -1, 0],
  ['below', 1, 0],
  ['to the left', 0, -1],
  ['to the right', 0, 1],
  ['up and left', -1, -1],
  ['up and right', -1, 1],
  ['down and left', 1, -1],
  ['down and right', 1, 1],
]

/** The symbol one step away; -1 outside. */
export const neighbourFeatures: FeatureFamily = {
  python: `
def neighbour(grid, dy, dx):
    """The symbol one step away from each cell; -1 outside."""
    height, width = grid.shape
    return np.pad(grid, 1, constant_values=-1)[1 + dy:1 + dy + height, 1 + dx:1 + dx + width]`,
  features: directions.map(([words, dy, dx]): Feature => ({
    call: `neighbour(grid, ${dy}, ${dx})`,
    words: `the cell ${words}`,
    cost: 1,
    isColour: true,
    compute: (grid) => computeCells(grid, (y, x) => cellAt(grid, y + dy, x + dx)),
  })),
}

/** The first non-background symbol in a direction from the cell; -1 if there is none. */
export const rayFeatures: FeatureFamily = {
  python: `
def ray(grid, dy, dx):
    """The first symbol that is not background when one walks from each cell; -1 where there is none."""
    height, width = grid.shape
    empty = background(grid)
    seen = np.full((height + 2, width + 2), -1)
    for y in range(height) if dy < 0 else reversed(range(height)):
        for x in range(width) if dx < 0 else reversed(range(width)):
            to = (y + dy, x + dx)
            inside = 0 <= to[0] < height and 0 <= to[1] < width
            if inside:
                seen[y + 1, x + 1] = grid[to] if grid[to] != empty else seen[to[0] + 1, to[1] + 1]
    return seen[1:-1, 1:-1]`,
  features: directions.map(([words, dy, dx]): Feature => ({
    call: `ray(grid, ${dy}, ${dx})`,
    words: `the first colour ${words}`,
    cost: dy === 0 || dx === 0 ? 1 : 2,
    isColour: true,
    compute: (grid) => castRays(grid, dy, dx),
  })),
}

const axes: readonly (readonly [words: string, dy: number, dx: number])[] = [
  ['beside it', 0, 1],
  ['above and below it', 1, 0],
  ['on its falling diagonal', 1, 1],
  ['on its rising diagonal', 1, -1],
]

/** The colour seen in both of two opposite directions, for rules that connect two cells. */
export const betweenFeatures: FeatureFamily = {
  python: `
def between(grid, dy, dx):
    """The colour that each cell sees in both opposite directions; -1 where they differ."""
    there, back = ray(grid, dy, dx), ray(grid, -dy, -dx)
    return np.where(there == back, there, -1)`,
  features: axes.map(([words, dy, dx]): Feature => ({
    call: `between(grid, ${dy}, ${dx})`,
    words: `the colour on both sides ${words}`,
    cost: dy === 0 || dx === 0 ? 1 : 2,
    isColour: true,
    compute: (grid) => {
      const back = castRays(grid, -dy, -dx)
      return castRays(grid, dy, dx).map((colour, cell) => (colour === back[cell] ? colour : -1))
    },
  })),
}

function castRays(grid: Grid, dy: number, dx: number): Int16Array {
  const [height, width, background] = [heightOf(grid), widthOf(grid), backgroundOf(grid)]
  const symbolsAhead = new Int16Array(height * width).fill(-1)
  for (let stepY = 0; stepY < height; stepY += 1) {
    for (let stepX = 0; stepX < width; stepX += 1) {
      const [y, x] = [dy < 0 ? stepY : height - 1 - stepY, dx < 0 ? stepX : width - 1 - stepX]
      const symbol = cellAt(grid, y + dy, x + dx)
      if (symbol < 0) continue
      symbolsAhead[y * width + x] = symbol === background ? (symbolsAhead[(y + dy) * width + x + dx] ?? -1) : symbol
    }
  }
  return symbolsAhead
}
