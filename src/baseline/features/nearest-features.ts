import type { Grid } from '../../domain/grids/grid.ts'
import { backgroundOf, heightOf, widthOf } from '../grids.ts'
import type { Feature, FeatureFamily } from './feature.ts'

type Metric = 'straight' | 'diagonal'

/** The nearest filled cell in any direction. */
export const nearestFeatures: FeatureFamily = {
  python: `
def nearest(grid, metric, what):
    """The colour of, or the distance to, the nearest other cell that is filled; -1 where several colours are as near."""
    filled = np.argwhere(grid != background(grid))
    values = np.full(grid.shape, -1)
    for cell in np.ndindex(grid.shape):
        away = np.abs(filled - cell)
        away = away.sum(axis=1) if metric == "straight" else away.max(axis=1, initial=0)
        others = away > 0
        if others.any():
            least = away[others].min()
            colours = {int(grid[tuple(there)]) for there in filled[away == least]}
            values[cell] = least if what == "distance" else colours.pop() if len(colours) == 1 else -1
    return values`,
  features: (['straight', 'diagonal'] as const).flatMap((metric) =>
    (['colour', 'distance'] as const).map((what): Feature => ({
      call: `nearest(grid, ${JSON.stringify(metric)}, ${JSON.stringify(what)})`,
      words: `the ${what} of the nearest other filled cell${metric === 'diagonal' ? ' (diagonals count as one step)' : ''}`,
      cost: 2,
      isColour: what === 'colour',
      hasNone: true,
      compute: (grid) => findNearest(grid, metric, what),
    })),
  ),
}

function findNearest(grid: Grid, metric: Metric, what: 'colour' | 'distance'): Int16Array {
  const [width, background] = [widthOf(grid), backgroundOf(grid)]
  const flat = grid.flat()
  const filledCells = flat.flatMap((symbol, cell) => (symbol === background ? [] : [cell]))
  return Int16Array.from({ length: heightOf(grid) * width }, (_, cell) => {
    let [least, nearest] = [Infinity, -1]
    for (const other of filledCells) {
      if (other === cell) continue
      const dy = Math.abs(Math.floor(other / width) - Math.floor(cell / width))
      const dx = Math.abs((other % width) - (cell % width))
      const away = metric === 'straight' ? dy + dx : Math.max(dy, dx)
      const colour = flat[other] ?? -1
      if (away < least) [least, nearest] = [away, colour]
      else if (away === least && nearest !== colour) nearest = -1
    }
    return least === Infinity ? -1 : what === 'distance' ? least : nearest
  })
}
