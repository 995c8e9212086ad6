import { blank, copy, fillBox, paint, placeBoxes, sizeOf, squares, stamp } from '../canvas.ts'
import type { Design } from '../design.ts'
import { inks } from '../inks.ts'
import { growBlob } from '../shapes.ts'

/** How many, how much, and what comes first. */
export const countingDesigns: readonly Design[] = [
  {
    name: 'one-mark-for-each-island',
    split: 'training',
    about: 'Count the islands: a row of ten with one mark for each',
    train: 4,
    test: 2,
    drawPair(random, index) {
      const [height, width] = [random.between(10, 14), random.between(10, 14)]
      const sizes = Array.from(
        { length: [2, 5, 3, 6, 4, 7][index] ?? 3 },
        () => [random.between(1, 3), random.between(1, 3)] as const,
      )
      const boxes = placeBoxes(random, { height, width }, sizes)
      const input = blank(height, width)
      const ink = random.pick(inks)
      for (const box of boxes) fillBox(input, box, ink)
      return { input, output: [Array.from({ length: 10 }, (_, x) => (x < boxes.length ? ink : 0))] }
    },
  },
  {
    name: 'each-row-votes',
    split: 'evaluation',
    about: 'Each row takes the colour that most of its cells have',
    train: 3,
    test: 1,
    drawPair(random) {
      const width = random.pick([5, 7])
      const rows = Array.from({ length: random.between(4, 8) }, () => {
        const [winner = 1, ...others] = random.pickSome(inks, 3)
        const most = Math.floor(width / 2) + 1
        const cells = Array.from({ length: width }, (_, x) => (x < most ? winner : random.pick(others)))
        return { winner, cells: random.pickSome(cells, width) }
      })
      return { input: rows.map((row) => row.cells), output: rows.map((row) => Array<number>(width).fill(row.winner)) }
    },
  },
  {
    name: 'bars-in-order',
    split: 'evaluation',
    about: 'Bars that stand on the ground are put in order, the shortest first',
    train: 3,
    test: 1,
    drawPair(random) {
      const bars = random
        .pickSome([1, 2, 3, 4, 5, 6, 7, 8], random.between(4, 6))
        .map((size) => ({ size, ink: random.pick(inks) }))
      const draw = (bars: readonly { size: number; ink: number }[]) => {
        const canvas = blank(9, 2 * bars.length + 1)
        for (const [index, { size, ink }] of bars.entries()) {
          fillBox(canvas, { top: 9 - size, left: 2 * index + 1, height: size, width: 1 }, ink)
        }
        return canvas
      }
      return { input: draw(bars), output: draw(bars.toSorted((a, b) => a.size - b.size)) }
    },
  },
  {
    name: 'red-times-blue',
    split: 'evaluation',
    about: 'A carpet as high as there are red dots and as wide as there are blue ones',
    train: 4,
    test: 2,
    drawPair(random, index) {
      const side = random.between(8, 10)
      const [red = 1, blue = 1] =
        [
          [2, 3],
          [4, 1],
          [3, 5],
          [1, 2],
          [5, 4],
          [3, 6],
        ][index] ?? []
      const dots = placeBoxes(random, { height: side, width: side }, squares(red + blue, 1))
      if (dots.length < red + blue) return null
      const input = blank(side, side)
      for (const [order, { top, left }] of dots.entries()) paint(input, top, left, order < red ? 2 : 1)
      return { input, output: blank(red, blue, 6) }
    },
  },
  {
    name: 'even-and-odd-flocks',
    split: 'evaluation',
    about: 'A flock with an even number of cells turns blue, one with an odd number red',
    train: 4,
    test: 1,
    drawPair(random, index) {
      const sizes =
        [
          [1, 2, 3, 4],
          [2, 5, 3, 6],
          [4, 1, 6, 5, 2],
          [3, 2, 7, 4],
          [7, 2, 8, 3, 9],
        ][index] ?? []
      const flocks = sizes.map((size) => growBlob(random, size))
      const [height, width] = [random.between(11, 14), random.between(11, 14)]
      const boxes = placeBoxes(random, { height, width }, flocks.map(sizeOf))
      if (boxes.length < flocks.length) return null
      const input = blank(height, width)
      const output = copy(input)
      for (const [order, box] of boxes.entries()) {
        stamp(input, box, flocks[order] ?? [], 5)
        stamp(output, box, flocks[order] ?? [], (sizes[order] ?? 0) % 2 === 0 ? 1 : 2)
      }
      return { input, output }
    },
  },
]
