import { at, blank, paint, type Canvas } from './canvas.ts'
import type { Random } from './random.ts'
import { straightSteps } from './steps.ts'

type Cell = readonly [y: number, x: number]

/** A square maze of rooms by rooms, walls of 5, with one way between any two rooms: a depth-first walk opens the doors. */
export function carveMaze(random: Random, rooms: number): Canvas {
  const maze = blank(2 * rooms + 1, 2 * rooms + 1, 5)
  const trail: Cell[] = [[1, 1]]
  paint(maze, 1, 1, 0)
  for (let here = trail.at(-1); here; here = trail.at(-1)) {
    const [y, x] = here
    const closed = straightSteps.filter(([down, right]) => at(maze, y + 2 * down, x + 2 * right) === 5)
    if (closed.length === 0) {
      trail.pop()
      continue
    }
    const [down, right] = random.pick(closed)
    paint(maze, y + down, x + right, 0)
    paint(maze, y + 2 * down, x + 2 * right, 0)
    trail.push([y + 2 * down, x + 2 * right])
  }
  return maze
}

/** The way from one cell to another over cells of 0, both included; empty where there is none. */
export function findPath(maze: Canvas, from: Cell, to: Cell, before?: Cell): Cell[] {
  if (from[0] === to[0] && from[1] === to[1]) return [from]
  for (const [down, right] of straightSteps) {
    const next: Cell = [from[0] + down, from[1] + right]
    if (at(maze, ...next) !== 0 || (before && next[0] === before[0] && next[1] === before[1])) continue
    const rest = findPath(maze, next, to, from)
    if (rest.length > 0) return [from, ...rest]
  }
  return []
}
