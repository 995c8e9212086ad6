import type { Grid } from '../../src/domain/grids/grid.ts'
import { applySymmetry } from '../../src/domain/grids/transforms/symmetry.ts'
import { at, blank, copy, copyBox, fillBox, frameBox, paint, placeBoxes, scatter, stamp, type Size } from '../canvas.ts'
import type { Design } from '../design.ts'
import { straightSteps } from '../steps.ts'

/** What is inside and what is outside: frames, rooms, holes. */
export const regionDesigns: readonly Design[] = [
  {
    name: 'the-crowd-moves-together',
    split: 'evaluation',
    about: 'Empty rows and empty columns are left out',
    train: 3,
    test: 1,
    drawPair(random) {
      const output = scatter(random, random.between(3, 5), random.between(3, 5), [0, 1, 6, 8])
      const isEmpty = (line: readonly number[]) => line.every((symbol) => symbol === 0)
      const columns = applySymmetry(output, 'transpose')
      if (output.some(isEmpty) || columns.some(isEmpty)) return null
      const spread = (lines: Grid) => lines.flatMap((line) => [...blank(random.between(0, 2), line.length), line])
      return { input: applySymmetry(spread(applySymmetry(spread(output), 'transpose')), 'transpose'), output }
    },
  },
  {
    name: 'ponds-fill-with-water',
    split: 'training',
    about: 'What a wall encloses becomes water; open bays stay dry',
    train: 3,
    test: 1,
    drawPair(random) {
      const [height, width] = [random.between(12, 16), 30]
      const input = blank(height, width)
      const boxes = placeBoxes(random, { height, width }, [
        [5, 6],
        [4, 4],
        [6, 5],
        [4, 7],
      ])
      const output = copy(input)
      for (const [index, box] of boxes.entries()) {
        const inside = { top: box.top + 1, left: box.left + 1, height: box.height - 2, width: box.width - 2 }
        for (const canvas of [input, output]) {
          fillBox(canvas, box, 3)
          fillBox(canvas, inside, 0)
          if (index === 1) paint(canvas, box.top, box.left + 1, 0)
        }
        if (index !== 1) fillBox(output, inside, 8)
      }
      return { input, output }
    },
  },
  {
    name: 'picture-without-its-frame',
    split: 'evaluation',
    about: 'Somewhere lies a framed picture: cut it out and leave the frame away',
    train: 3,
    test: 2,
    drawPair(random) {
      const canvas = { height: random.between(10, 16), width: random.between(10, 16) }
      const [box] = placeBoxes(random, canvas, [[random.between(5, 7), random.between(5, 7)]])
      const input = blank(canvas.height, canvas.width)
      for (let speck = 0; speck < 8; speck += 1) {
        paint(input, random.between(0, canvas.height - 1), random.between(0, canvas.width - 1), random.pick([3, 7]))
      }
      if (!box) return null
      const output = scatter(random, box.height - 2, box.width - 2, [0, 1, 2, 4])
      fillBox(input, box, 8)
      for (const [y, row] of output.entries()) {
        for (const [x, symbol] of row.entries()) paint(input, box.top + 1 + y, box.left + 1 + x, symbol)
      }
      return { input, output }
    },
  },
  {
    name: 'every-picture-gets-a-mount',
    split: 'training',
    about: 'A picture of any size gets a mount, one cell wide all around',
    train: 3,
    test: 1,
    drawPair(random, index) {
      const sizes: Size[] = [
        [1, 1],
        [2, 3],
        [4, 2],
        [3, 5],
      ]
      const [height, width] = sizes[index] ?? [1, 1]
      const input = scatter(random, height, width, [1, 2, 3, 4, 7])
      const output = blank(height + 2, width + 2, 9)
      stamp(output, { top: 1, left: 1 }, input)
      return { input, output }
    },
  },
  {
    name: 'boxes-wear-what-they-hold',
    split: 'training',
    about: 'A box takes the colour of the bead inside it; empty boxes stay grey, and beads outside mean nothing',
    train: 3,
    test: 1,
    drawPair(random, index) {
      const [height, width] = [random.between(12, 15), random.between(12, 16)]
      const sides = Array.from({ length: 4 }, (): Size => [random.between(3, 6), random.between(3, 6)])
      const placed = placeBoxes(random, { height, width }, [...sides, [1, 1], [1, 1]])
      if (placed.length < 6) return null
      const input = blank(height, width)
      const output = copy(input)
      const beads = random.pickSome([1, 2, 3, 4, 6, 7, 8], 6)
      for (const [order, box] of placed.entries()) {
        const bead = order === index % 4 ? 0 : (beads[order] ?? 0)
        const isBox = order < 4
        const [y, x] = isBox
          ? [box.top + random.between(1, box.height - 2), box.left + random.between(1, box.width - 2)]
          : [box.top, box.left]
        for (const canvas of [input, output]) {
          if (isBox) frameBox(canvas, box, canvas === output && bead > 0 ? bead : 5)
          if (bead > 0) paint(canvas, y, x, bead)
        }
      }
      return { input, output }
    },
  },
  {
    name: 'holes-give-the-colour',
    split: 'evaluation',
    about:
      'A plate without holes turns blue, with one red, with two green, with three yellow; a notch in the rim is no hole',
    train: 3,
    test: 2,
    drawPair(random) {
      const [height, width] = [random.between(14, 17), random.between(14, 17)]
      const plates = random.pickSome(
        [0, 1, 2, 3].map((holes) => ({ holes, height: random.between(4, 5), width: random.between(5, 8) })),
        4,
      )
      const boxes = placeBoxes(
        random,
        { height, width },
        plates.map((plate) => [plate.height, plate.width]),
      )
      if (boxes.length < 4) return null
      const input = blank(height, width)
      const output = copy(input)
      for (const [index, box] of boxes.entries()) {
        const { holes } = plates[index] ?? { holes: 0 }
        const inner = { height: box.height - 2, width: box.width - 2 }
        const pierced = placeBoxes(
          random,
          inner,
          Array.from({ length: holes }, (): Size => [1, random.between(1, 2)]),
        )
        if (pierced.length < holes) return null
        fillBox(input, box, 5)
        fillBox(output, box, holes + 1)
        for (const canvas of [input, output]) {
          for (const hole of pierced)
            fillBox(canvas, { ...hole, top: box.top + 1 + hole.top, left: box.left + 1 + hole.left }, 0)
          if (holes === 0) paint(canvas, box.top, box.left + 1 + index, 0)
        }
      }
      return { input, output }
    },
  },
  {
    name: 'the-tap-floods-the-house',
    split: 'evaluation',
    about: 'Water from the tap fills every room that it can reach through open doors',
    train: 3,
    test: 2,
    drawPair(random) {
      const [ys, xs] = [3, 4].map((count) => {
        const walls = [0]
        while (walls.length <= count) walls.push((walls.at(-1) ?? 0) + random.between(3, 5))
        return walls
      }) as [number[], number[]]
      const [height, width] = [(ys.at(-1) ?? 0) + 1, (xs.at(-1) ?? 0) + 1]
      const input = blank(height, width)
      for (const top of ys) fillBox(input, { top, left: 0, height: 1, width }, 5)
      for (const left of xs) fillBox(input, { top: 0, left, height, width: 1 }, 5)
      for (const [row, y] of ys.slice(0, -1).entries()) {
        for (const [column, x] of xs.slice(0, -1).entries()) {
          const isOpen = () => random.between(0, 9) < 4
          if (row > 0 && isOpen()) paint(input, y, random.between(x + 1, (xs[column + 1] ?? 0) - 1), 0)
          if (column > 0 && isOpen()) paint(input, random.between(y + 1, (ys[row + 1] ?? 0) - 1), x, 0)
        }
      }
      const tap = [random.pick(ys.slice(0, -1)) + 1, random.pick(xs.slice(0, -1)) + 1] as const
      paint(input, ...tap, 1)
      const output = copy(input)
      const wet = [tap]
      for (const [y, x] of wet) {
        for (const [down, right] of straightSteps) {
          if (at(output, y + down, x + right) !== 0) continue
          paint(output, y + down, x + right, 8)
          wet.push([y + down, x + right])
        }
      }
      const dry = output.flat().filter((symbol) => symbol === 0).length
      return dry > wet.length / 2 && wet.length > dry / 2 ? { input, output } : null
    },
  },
  {
    name: 'the-room-with-the-candle',
    split: 'training',
    about: 'Of the rooms between the walls, the one where a candle burns',
    train: 3,
    test: 1,
    drawPair(random) {
      const [ys, xs] = [2, random.between(2, 3)].map((count) => {
        const walls = [-1]
        while (walls.length <= count) walls.push((walls.at(-1) ?? 0) + random.between(4, 6))
        return walls
      }) as [number[], number[]]
      const [height, width] = [ys.at(-1) ?? 0, xs.at(-1) ?? 0]
      const input = scatter(random, height, width, [0, 0, 0, 1, 3])
      for (const top of ys.slice(1, -1)) fillBox(input, { top, left: 0, height: 1, width }, 5)
      for (const left of xs.slice(1, -1)) fillBox(input, { top: 0, left, height, width: 1 }, 5)
      const [row, column] = [random.between(1, ys.length - 1), random.between(1, xs.length - 1)]
      const [top, left] = [(ys[row - 1] ?? 0) + 1, (xs[column - 1] ?? 0) + 1]
      const room = { top, left, height: (ys[row] ?? 0) - top, width: (xs[column] ?? 0) - left }
      paint(input, top + random.between(0, room.height - 1), left + random.between(0, room.width - 1), 4)
      return { input, output: copyBox(input, room) }
    },
  },
]
