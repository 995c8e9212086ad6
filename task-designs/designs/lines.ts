import { at, blank, copy, fillBox, paint, placeBoxes, sizeOf, squares, stamp } from '../canvas.ts'
import type { Design } from '../design.ts'
import { inks } from '../inks.ts'
import { carveMaze, findPath } from '../maze.ts'
import type { Random } from '../random.ts'
import { growBlob } from '../shapes.ts'
import { diagonalSteps, straightSteps } from '../steps.ts'

/** Lines that join, shine, turn, bounce and find their way. */
export const lineDesigns: readonly Design[] = [
  {
    name: 'crosshairs',
    split: 'training',
    about: 'A line runs through every dot, along its row and along its column, from edge to edge',
    train: 3,
    test: 1,
    drawPair(random) {
      const [height, width] = [random.between(8, 13), random.between(8, 13)]
      const dots = placeBoxes(random, { height, width }, squares(random.between(1, 3), 1))
      const input = blank(height, width)
      const output = copy(input)
      for (const { top, left } of dots) {
        paint(input, top, left, 2)
        fillBox(output, { top, left: 0, height: 1, width }, 8)
        fillBox(output, { top: 0, left, height, width: 1 }, 8)
      }
      for (const { top, left } of dots) paint(output, top, left, 2)
      return { input, output }
    },
  },
  {
    name: 'rope-between-posts',
    split: 'training',
    about: 'Two posts of one colour in a row are joined by a rope of that colour',
    train: 4,
    test: 1,
    drawPair(random) {
      const [height, width] = [random.between(7, 10), random.between(9, 14)]
      const input = blank(height, width)
      const output = copy(input)
      const rows = random.pickSome([...input.keys()], 4)
      for (const [index, y] of rows.entries()) {
        const [from, to] = [random.between(0, 3), random.between(6, width - 1)]
        const [left, right] = index === 3 ? [4, 7] : random.pickSome([1, 2, 4, 7], 1).flatMap((ink) => [ink, ink])
        for (const canvas of [input, output]) {
          paint(canvas, y, from, left ?? 1)
          paint(canvas, y, to, right ?? 1)
        }
        if (left === right) fillBox(output, { top: y, left: from, height: 1, width: to - from }, left ?? 1)
      }
      return { input, output }
    },
  },
  {
    name: 'lamps-shine-to-the-right',
    split: 'evaluation',
    about: 'Each lamp on the left lights its row as far as the wall',
    train: 3,
    test: 1,
    drawPair(random) {
      const [height, width] = [random.between(6, 10), random.between(10, 18)]
      const input = blank(height, width)
      const wall = random.between(5, width - 2)
      fillBox(input, { top: 0, left: wall, height, width: 1 }, 5)
      const output = copy(input)
      for (const y of random.pickSome([...input.keys()], 3)) {
        const left = random.between(0, 2)
        paint(input, y, left, 4)
        fillBox(output, { top: y, left, height: 1, width: wall - left }, 4)
      }
      return { input, output }
    },
  },
  {
    name: 'ball-between-cushions',
    split: 'evaluation',
    about: 'A ball leaves the left edge downwards and bounces between floor and ceiling until it leaves on the right',
    train: 3,
    test: 1,
    drawPair(random) {
      const [height, width] = [random.between(4, 7), random.between(14, 30)]
      const input = blank(height, width)
      const start = random.between(0, height - 2)
      const ink = random.pick(inks)
      paint(input, start, 0, ink)
      const output = copy(input)
      let [y, step] = [start, 1]
      for (let x = 1; x < width; x += 1) {
        if (y + step < 0 || y + step >= height) step = -step
        y += step
        paint(output, y, x, ink)
      }
      return { input, output }
    },
  },
  {
    name: 'bridges-between-islands',
    split: 'training',
    about: 'Islands that face each other along a row or a column are joined by a bridge from middle to middle',
    train: 3,
    test: 1,
    drawPair(random) {
      const [ys, xs] = [spread(random, 3), spread(random, 4)]
      const input = blank((ys.at(-1) ?? 0) + 4, (xs.at(-1) ?? 0) + 4)
      const islands = ys.flatMap((top) => xs.flatMap((left) => (random.between(0, 9) < 6 ? [{ top, left }] : [])))
      if (islands.length < 5) return null
      const output = copy(input)
      for (const [index, { top, left }] of islands.entries()) {
        const right = islands.slice(index + 1).find((other) => other.top === top)
        const below = islands.slice(index + 1).find((other) => other.left === left)
        if (right) fillBox(output, { top: top + 1, left, height: 1, width: right.left - left }, 7)
        if (below) fillBox(output, { top, left: left + 1, height: below.top - top, width: 1 }, 7)
      }
      for (const corner of islands) {
        for (const canvas of [input, output]) fillBox(canvas, { ...corner, height: 3, width: 3 }, 3)
      }
      return { input, output }
    },
  },
  {
    name: 'follow-the-signposts',
    split: 'evaluation',
    about:
      'A path sets out from the left edge; a red post turns it to its right, a blue one to its left, until it leaves',
    train: 4,
    test: 2,
    drawPair(random) {
      const input = blank(random.between(10, 13), random.between(10, 13))
      let y = random.between(2, input.length - 3)
      paint(input, y, 0, 3)
      const posts = squares(12, 1)
      for (const { top, left } of placeBoxes(random, { height: input.length, width: 11 }, posts)) {
        if (top !== y || left > 1) paint(input, top, left + 2, random.pick([1, 2]))
      }
      const output = copy(input)
      const turns: number[] = []
      let [x, down, right] = [0, 0, 1]
      while (turns.length < 7) {
        y += down
        x += right
        const met = at(output, y, x)
        if (met === -1) break
        if (met === 3) return null
        if (met === 0) paint(output, y, x, 3)
        else turns.push(met)
        if (met === 2) [down, right] = [right, -down]
        if (met === 1) [down, right] = [-right, down]
      }
      return turns.length >= 3 && turns.length < 7 && new Set(turns).size === 2 ? { input, output } : null
    },
  },
  {
    name: 'rooks-and-bishops',
    split: 'evaluation',
    about:
      'Red pieces strike along rows and columns, blue ones along diagonals, each until something stands in the way',
    train: 4,
    test: 2,
    drawPair(random, index) {
      const side = random.between(8, 11)
      const input = blank(side, side)
      const pieces = [[2], [1], [2, 1], [1, 2], [2, 1, 1], [2, 2, 1]][index] ?? [2]
      const boxes = placeBoxes(random, { height: side, width: side }, squares(pieces.length + 6, 1))
      for (const [index, { top, left }] of boxes.entries()) paint(input, top, left, pieces[index] ?? 5)
      const output = copy(input)
      for (const { top, left } of boxes.slice(0, pieces.length)) {
        for (const [down, right] of at(input, top, left) === 2 ? straightSteps : diagonalSteps) {
          for (let step = 1; at(input, top + step * down, left + step * right) === 0; step += 1) {
            paint(output, top + step * down, left + step * right, 4)
          }
        }
      }
      return { input, output }
    },
  },
  {
    name: 'the-way-through-the-maze',
    split: 'evaluation',
    about: 'The one way through the maze from the red door to the green one',
    train: 3,
    test: 2,
    drawPair(random, index) {
      const rooms = [4, 5, 6, 8, 14][index] ?? 4
      const input = carveMaze(random, rooms)
      const [from, to] = [2 * random.between(0, rooms - 1) + 1, 2 * random.between(0, rooms - 1) + 1]
      const way = findPath(input, [from, 1], [to, 2 * rooms - 1])
      if (way.length < 4 * rooms) return null
      paint(input, from, 0, 2)
      paint(input, to, 2 * rooms, 3)
      const output = copy(input)
      for (const [y, x] of way) paint(output, y, x, 4)
      return { input, output }
    },
  },
  {
    name: 'shadow-on-two-walls',
    split: 'training',
    about: 'What stands in the room throws its shadow on the wall to its right and on the wall below',
    train: 3,
    test: 1,
    drawPair(random) {
      const [height, width] = [random.between(7, 12), random.between(7, 12)]
      const blob = growBlob(random, random.between(5, 12))
      const [box] = placeBoxes(random, { height: height - 2, width: width - 2 }, [sizeOf(blob)])
      if (!box) return null
      const input = blank(height, width)
      fillBox(input, { top: height - 1, left: 0, height: 1, width }, 5)
      fillBox(input, { top: 0, left: width - 1, height, width: 1 }, 5)
      stamp(input, box, blob, random.pick([2, 3, 4, 6]))
      const output = copy(input)
      fillBox(output, { ...box, top: height - 1, height: 1 }, 1)
      fillBox(output, { ...box, left: width - 1, width: 1 }, 1)
      return { input, output }
    },
  },
]

/** Where things of three cells may stand in a row with two to four cells between them. */
function spread(random: Random, count: number): number[] {
  const places = [random.between(0, 1)]
  while (places.length < count) places.push((places.at(-1) ?? 0) + random.between(5, 7))
  return places
}
