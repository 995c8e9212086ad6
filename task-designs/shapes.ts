import type { Grid } from '../src/domain/grids/grid.ts'
import { blank, paint, type Canvas } from './canvas.ts'
import type { Random } from './random.ts'
import { straightSteps } from './steps.ts'

/** Shapes of three by three, none of which is another one turned or mirrored. */
export const shapes: readonly Grid[] = [
  '111/010/010',
  '010/111/010',
  '101/101/111',
  '100/100/111',
  '110/010/011',
  '111/101/111',
  '100/110/011',
  '101/111/101',
].map((rows) => rows.split('/').map((row) => row.split('').map(Number)))

/** A connected picture of so many cells, in the smallest box around it. */
export function growBlob(random: Random, size: number): Canvas {
  const cells: (readonly [y: number, x: number])[] = [[0, 0]]
  while (cells.length < size) {
    const [y, x] = random.pick(cells)
    const [down, right] = random.pick(straightSteps)
    const next = [y + down, x + right] as const
    if (!cells.some((cell) => cell[0] === next[0] && cell[1] === next[1])) cells.push(next)
  }
  const [ys, xs] = [cells.map(([y]) => y), cells.map(([, x]) => x)]
  const [top, left] = [Math.min(...ys), Math.min(...xs)]
  const blob = blank(Math.max(...ys) - top + 1, Math.max(...xs) - left + 1)
  for (const [y, x] of cells) paint(blob, y - top, x - left, 1)
  return blob
}
