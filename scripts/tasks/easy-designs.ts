import { at, blank, copy, fillBox, paint, placeBoxes } from './canvas.ts'
import type { Design } from './design.ts'

const inks = [1, 2, 3, 4, 6, 7, 8, 9]

/** Tasks of one idea, which a person sees at once. */
export const easyDesigns: readonly Design[] = [
  {
    name: 'banner-and-its-reflection',
    split: 'training',
    about: 'The banner is followed by its mirror image',
    train: 3,
    test: 1,
    drawPair(random) {
      const input = blank(random.between(2, 4), random.between(3, 5)).map((row) =>
        row.map(() => random.pick([0, ...inks.slice(0, 4)])),
      )
      return { input, output: input.map((row) => [...row, ...row.toReversed()]) }
    },
  },
  {
    name: 'snow-on-shelves',
    split: 'training',
    about: 'Everything falls until a shelf or the ground holds it; the shelves stay',
    train: 3,
    test: 2,
    drawPair(random) {
      const [height, width] = [random.between(8, 12), random.between(7, 11)]
      const input = blank(height, width)
      fillBox(
        input,
        { top: random.between(3, 5), left: random.between(0, 2), height: 1, width: random.between(3, 4) },
        5,
      )
      fillBox(input, { top: height - 3, left: random.between(4, 5), height: 1, width: 2 }, 5)
      for (const x of input[0]?.keys() ?? []) {
        if (random.between(0, 2) > 0) paint(input, random.between(0, 2), x, random.pick([1, 8]))
      }
      const output = copy(input)
      for (let y = height - 2; y >= 0; y -= 1) {
        for (let x = 0; x < width; x += 1) {
          const flake = at(output, y, x)
          if (flake === 0 || flake === 5) continue
          let ground = y
          while (at(output, ground + 1, x) === 0) ground += 1
          paint(output, y, x, 0)
          paint(output, ground, x, flake)
        }
      }
      return { input, output }
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
    name: 'two-inks-trade-places',
    split: 'training',
    about: 'Two colours change places, a third stays',
    train: 2,
    test: 3,
    drawPair(random) {
      const input = blank(random.between(3, 5), random.between(3, 5)).map((row) =>
        row.map(() => random.pick([2, 4, 9])),
      )
      return { input, output: input.map((row) => row.map((symbol) => ({ 2: 9, 9: 2 })[symbol] ?? symbol)) }
    },
  },
  {
    name: 'seen-through-both-windows',
    split: 'training',
    about: 'Of two windows side by side, what both show',
    train: 4,
    test: 1,
    drawPair(random) {
      const [height, width] = [5, 4]
      const [left, right] = [6, 7].map((ink) => blank(height, width).map((row) => row.map(() => random.pick([0, ink]))))
      const input = blank(height, 0).map((_, y) => [...(left?.[y] ?? []), 5, ...(right?.[y] ?? [])])
      const output = blank(height, width).map((row, y) =>
        row.map((_, x) => (left?.[y]?.[x] && right?.[y]?.[x] ? 4 : 0)),
      )
      return { input, output }
    },
  },
  {
    name: 'mosaic-under-a-sheet',
    split: 'training',
    about: 'A sheet hides part of a repeating mosaic; show what lies under it',
    train: 3,
    test: 1,
    drawPair(random, index) {
      const [down, across] = [random.between(3, 5), random.between(3, 6)]
      const tile = blank(down, across).map((row) => row.map(() => random.pick(inks.slice(0, 3 + index))))
      const whole = blank(30, 30).map((row, y) => row.map((_, x) => tile[y % down]?.[x % across] ?? 0))
      const box = {
        top: random.between(2, 20),
        left: random.between(2, 20),
        height: random.between(4, 8),
        width: random.between(4, 8),
      }
      const input = copy(whole)
      fillBox(input, box, 0)
      const output = whole.slice(box.top, box.top + box.height).map((row) => row.slice(box.left, box.left + box.width))
      return { input, output }
    },
  },
  {
    name: 'largest-sheep-is-marked',
    split: 'training',
    about: 'The largest block of the flock is marked in another colour',
    train: 3,
    test: 1,
    drawPair(random) {
      const [height, width] = [random.between(11, 14), random.between(11, 14)]
      const sizes = [
        [4, 4],
        ...random.pickSome(
          [
            [2, 3],
            [3, 2],
            [1, 4],
            [2, 2],
            [3, 3],
          ],
          3,
        ),
      ] as [number, number][]
      const boxes = placeBoxes(random, { height, width }, sizes)
      const input = blank(height, width)
      const output = copy(input)
      for (const [index, box] of boxes.entries()) {
        fillBox(input, box, 7)
        fillBox(output, box, index === 0 ? 2 : 7)
      }
      return { input, output }
    },
  },
  {
    name: 'blocks-cast-shadows',
    split: 'evaluation',
    about: 'Light from the upper left: each block casts a shadow one cell down and to the right',
    train: 3,
    test: 2,
    drawPair(random) {
      const [height, width] = [random.between(10, 13), random.between(10, 13)]
      const boxes = placeBoxes(random, { height: height - 2, width: width - 2 }, [
        [3, 3],
        [2, 4],
        [2, 2],
      ])
      const input = blank(height, width)
      const output = copy(input)
      for (const box of boxes) fillBox(output, { ...box, top: box.top + 1, left: box.left + 1 }, 5)
      for (const box of boxes) for (const canvas of [input, output]) fillBox(canvas, box, 3)
      return { input, output }
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
    name: 'the-tile-that-differs',
    split: 'evaluation',
    about: 'Of the tiles between the lines, all alike but one: show that one',
    train: 3,
    test: 1,
    drawPair(random) {
      const [down, across] = [2, random.between(2, 3)]
      const common = blank(3, 3).map((row) => row.map(() => random.pick([0, 2])))
      const output = copy(common)
      for (const cell of random.pickSome([0, 1, 2, 3, 4, 5, 6, 7, 8], 2)) {
        const [y, x] = [Math.floor(cell / 3), cell % 3]
        paint(output, y, x, at(common, y, x) === 0 ? 2 : 0)
      }
      const odd = random.between(0, down * across - 1)
      const input = blank(4 * down - 1, 4 * across - 1, 8)
      for (let tile = 0; tile < down * across; tile += 1) {
        const [top, left] = [4 * Math.floor(tile / across), 4 * (tile % across)]
        for (const [y, row] of (tile === odd ? output : common).entries()) {
          for (const [x, symbol] of row.entries()) paint(input, top + y, left + x, symbol)
        }
      }
      return { input, output }
    },
  },
  {
    name: 'four-leaf-window',
    split: 'evaluation',
    about: 'One pane makes a window of four, mirrored at its crossbars',
    train: 3,
    test: 1,
    drawPair(random) {
      const side = random.between(3, 15)
      const input = blank(side, side).map((row) => row.map(() => random.pick([0, 0, 1, 6, 9])))
      const upper = input.map((row) => [...row, ...row.toReversed()])
      return { input, output: [...upper, ...upper.toReversed()] }
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
      if (!box) return { input, output: input }
      const output = blank(box.height - 2, box.width - 2).map((row) => row.map(() => random.pick([0, 1, 2, 4])))
      fillBox(input, box, 8)
      for (const [y, row] of output.entries()) {
        for (const [x, symbol] of row.entries()) paint(input, box.top + 1 + y, box.left + 1 + x, symbol)
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
    name: 'print-in-large-type',
    split: 'evaluation',
    about: 'Each cell is printed as a block of three by three',
    train: 2,
    test: 1,
    drawPair(random, index) {
      const [height, width] = [
        [3, 4],
        [4, 6],
        [10, 10],
      ][index] ?? [3, 3]
      const input = blank(height ?? 3, width ?? 3).map((row) => row.map(() => random.pick([0, 0, ...inks])))
      const output = input.flatMap((row) =>
        Array.from({ length: 3 }, () => row.flatMap((symbol) => [symbol, symbol, symbol])),
      )
      return { input, output }
    },
  },
]
