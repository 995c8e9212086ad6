import { at, blank, copy, fillBox, paint, placeBoxes } from './canvas.ts'
import type { Design } from './design.ts'

const inks = [1, 2, 3, 4, 6, 7, 8, 9]

/** Tasks that ask to count, to order, to follow or to read a legend. */
export const hardDesigns: readonly Design[] = [
  {
    name: 'the-next-symbol',
    split: 'training',
    about: 'A single cell becomes the symbol that counts one further',
    train: 4,
    test: 2,
    drawPair(_, index) {
      const symbol = [1, 4, 6, 8, 2, 5][index] ?? 0
      return { input: [[symbol]], output: [[symbol + 1]] }
    },
  },
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
    name: 'legend-above-the-map',
    split: 'evaluation',
    about: 'Pairs of colours above the line say how to recolour the map below it, in each picture anew',
    train: 4,
    test: 2,
    drawPair(random) {
      const [a = 1, b = 2, c = 3, x = 4, y = 6, z = 7] = random.pickSome(inks, 6)
      const legend = new Map([
        [a, x],
        [b, y],
        [c, z],
      ])
      const width = 8
      const map = blank(random.between(5, 8), width).map((row) => row.map(() => random.pick([0, 0, a, b, c])))
      const head = [[a, x, 0, b, y, 0, c, z], Array<number>(width).fill(5)]
      return { input: [...head, ...map], output: map.map((row) => row.map((symbol) => legend.get(symbol) ?? symbol)) }
    },
  },
  {
    name: 'turned-as-often-as-dots',
    split: 'evaluation',
    about: 'Each dot above the line turns the picture below it by a quarter to the right',
    train: 4,
    test: 2,
    drawPair(random, index) {
      const side = random.between(5, 6)
      const turns = [1, 2, 3, 1, 2, 3][index] ?? 1
      const picture = blank(side, side).map((row) => row.map(() => random.pick([0, 0, 2, 6])))
      const dots = blank(1, side)
      for (const x of random.pickSome([0, 1, 2, 3, 4], turns)) paint(dots, 0, x, 4)
      let output = copy(picture)
      for (let turn = 0; turn < turns; turn += 1) {
        output = output.map((row, y) => row.map((_, x) => at(output, side - 1 - x, y)))
      }
      return { input: [...dots, ...blank(1, side, 5), ...picture], output }
    },
  },
  {
    name: 'as-many-steps-as-dots',
    split: 'evaluation',
    about: 'The block moves to the right by as many cells as there are dots in the top row',
    train: 4,
    test: 1,
    drawPair(random, index) {
      const [height, width] = [random.between(7, 9), random.between(12, 15)]
      const steps = [1, 3, 2, 4, 5][index] ?? 2
      const input = blank(height, width)
      for (const x of random.pickSome([...(input[0] ?? []).keys()], steps)) paint(input, 0, x, 5)
      const output = copy(input)
      const box = {
        top: random.between(2, height - 3),
        left: random.between(0, 3),
        height: 2,
        width: random.between(2, 3),
      }
      const ink = random.pick(inks)
      fillBox(input, box, ink)
      fillBox(output, { ...box, left: box.left + steps }, ink)
      return { input, output }
    },
  },
  {
    name: 'folded-along-the-fence',
    split: 'evaluation',
    about: 'The paper is folded along the fence: what is drawn on its left appears on its right, mirrored',
    train: 3,
    test: 1,
    drawPair(random) {
      const [height, width] = [random.between(6, 9), random.between(12, 16)]
      const fence = random.between(4, Math.floor(width / 2) - 1)
      const input = blank(height, width)
      fillBox(input, { top: 0, left: fence, height, width: 1 }, 5)
      for (let y = 1; y < height - 1; y += 1) {
        for (let x = 0; x < fence; x += 1) if (random.between(0, 2) === 0) paint(input, y, x, random.pick([1, 4, 7]))
      }
      const output = copy(input)
      for (const [y, row] of input.entries()) {
        for (let x = 0; x < fence; x += 1) paint(output, y, 2 * fence - x, row[x] ?? 0)
      }
      return { input, output }
    },
  },
]
