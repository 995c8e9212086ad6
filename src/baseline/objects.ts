import type { Grid } from '../domain/grids/grid.ts'
import { backgroundOf, cellAt, heightOf, remember, widthOf, type Box } from './grids.ts'

export interface GridObject {
  /** Positions as `y * width + x`, in the order of discovery. */
  readonly cells: readonly number[]
  readonly isBackground: boolean
  readonly box: Box
}

export interface Objects {
  /** For each position the index of its object. */
  readonly labels: Int16Array
  readonly list: readonly GridObject[]
}

/** Which cells form an object: touching cells of one colour, or of any colour except the background; diagonally too or not. */
export type Joining = 'one colour' | 'one colour, diagonally' | 'any colour, diagonally' | 'any colour'
export const joinings: readonly Joining[] = [
  'one colour',
  'one colour, diagonally',
  'any colour, diagonally',
  'any colour',
]

const straight = [0, 1, 1, 0, 0, -1, -1, 0]
const diagonal = [...straight, 1, 1, 1, -1, -1, 1, -1, -1]

const finders = new Map(joinings.map((joining) => [joining, remember((grid: Grid) => find(grid, joining))]))

/** Splits a grid into its objects, numbered by their first cell in reading order. Background areas are objects too. */
export function findObjects(grid: Grid, joining: Joining): Objects {
  return finders.get(joining)?.(grid) ?? find(grid, joining)
}

function find(grid: Grid, joining: Joining): Objects {
  const [height, width, background] = [heightOf(grid), widthOf(grid), backgroundOf(grid)]
  const kindAt = (y: number, x: number) =>
    joining.startsWith('any') ? Number(cellAt(grid, y, x) !== background) : cellAt(grid, y, x)
  const steps = joining.endsWith('diagonally') ? diagonal : straight
  const labels = new Int16Array(height * width).fill(-1)
  const list: GridObject[] = []
  for (let start = 0; start < labels.length; start += 1) {
    if (labels[start] !== -1) continue
    const cells = [start]
    labels[start] = list.length
    const kind = kindAt(Math.floor(start / width), start % width)
    let [top, left, bottom, right] = [height, width, 0, 0]
    for (let at = 0; at < cells.length; at += 1) {
      const cell = cells[at] ?? 0
      const [y, x] = [Math.floor(cell / width), cell % width]
      top = Math.min(top, y)
      left = Math.min(left, x)
      bottom = Math.max(bottom, y)
      right = Math.max(right, x)
      for (let step = 0; step < steps.length; step += 2) {
        const [toY, toX] = [y + (steps[step] ?? 0), x + (steps[step + 1] ?? 0)]
        if (toY < 0 || toX < 0 || toY >= height || toX >= width) continue
        const to = toY * width + toX
        if (labels[to] !== -1 || kindAt(toY, toX) !== kind) continue
        labels[to] = list.length
        cells.push(to)
      }
    }
    const isBackground = cellAt(grid, Math.floor(start / width), start % width) === background
    list.push({ cells, isBackground, box: [top, left, bottom - top + 1, right - left + 1] })
  }
  return { labels, list }
}

export const findObjectsPython = `
def find_objects(grid, joining):
    """Numbers the objects by their first cell in reading order; the background makes objects too."""
    kind = (grid != background(grid)).astype(int) if joining.startswith("any") else grid
    steps = [(0, 1), (1, 0), (0, -1), (-1, 0)]
    if joining.endswith("diagonally"):
        steps += [(1, 1), (1, -1), (-1, 1), (-1, -1)]
    labels = np.full(grid.shape, -1)
    count = 0
    for start in np.ndindex(grid.shape):
        if labels[start] >= 0:
            continue
        labels[start], stack = count, [start]
        while stack:
            y, x = stack.pop()
            for dy, dx in steps:
                to = (y + dy, x + dx)
                inside = 0 <= to[0] < grid.shape[0] and 0 <= to[1] < grid.shape[1]
                if inside and labels[to] < 0 and kind[to] == kind[y, x]:
                    labels[to] = count
                    stack.append(to)
        count += 1
    return labels`
