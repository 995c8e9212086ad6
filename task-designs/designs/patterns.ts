import type { Grid } from '../../src/domain/grids/grid.ts'
import { at, blank, copy, copyBox, fillBox, frameBox, joinPanels, paint, scatter } from '../canvas.ts'
import type { Design } from '../design.ts'
import { inks } from '../inks.ts'

/** What repeats, goes on, grows, or hides in a crowd. */
export const patternDesigns: readonly Design[] = [
  {
    name: 'wallpaper-from-one-tile',
    split: 'training',
    about: 'One tile, three times across and three times down, makes the wallpaper',
    train: 3,
    test: 1,
    drawPair(random) {
      const tile = scatter(random, random.between(2, 5), random.between(2, 5), [0, 1, 4, 7])
      const strip = tile.map((row) => [...row, ...row, ...row])
      return { input: tile, output: [...strip, ...strip, ...strip] }
    },
  },
  {
    name: 'small-print',
    split: 'evaluation',
    about: 'Each block of two by two is printed as one cell',
    train: 3,
    test: 2,
    drawPair(random) {
      const output = scatter(random, random.between(3, 6), random.between(3, 6), [0, 3, 5, 9])
      const input = output.flatMap((row) => {
        const wide = row.flatMap((symbol) => [symbol, symbol])
        return [wide, wide]
      })
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
      const tile = scatter(random, down, across, inks.slice(0, 3 + index))
      const whole = blank(30, 30).map((row, y) => row.map((_, x) => tile[y % down]?.[x % across] ?? 0))
      const box = {
        top: random.between(2, 20),
        left: random.between(2, 20),
        height: random.between(4, 8),
        width: random.between(4, 8),
      }
      const input = copy(whole)
      fillBox(input, box, 0)
      return { input, output: copyBox(whole, box) }
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
      const common = scatter(random, 3, 3, [0, 2])
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
      const input = scatter(random, height ?? 3, width ?? 3, [0, 0, ...inks])
      const output = input.flatMap((row) =>
        Array.from({ length: 3 }, () => row.flatMap((symbol) => [symbol, symbol, symbol])),
      )
      return { input, output }
    },
  },
  {
    name: 'each-row-steps-on',
    split: 'training',
    about: 'Three rows show how the pattern steps sideways, one or two cells a row; it goes on to the ground',
    train: 3,
    test: 1,
    drawPair(random, index) {
      const [height, width] = [random.between(8, 12), random.between(7, 10)]
      const [first = 1, second = 2] = random.pickSome(inks, 2)
      const row = [first, second, second, ...Array<number>(width - 3).fill(0)]
      const step = [1, 2, -1, -2][index] ?? 1
      const start = random.between(0, width - 1)
      const output = blank(height, width).map((_, y) => row.map((_, x) => row.at((x - start - step * y) % width) ?? 0))
      return { input: [...output.slice(0, 3), ...blank(height - 3, width)], output }
    },
  },
  {
    name: 'where-the-hand-points-next',
    split: 'evaluation',
    about: 'Three clocks show a hand that goes round in equal steps: draw the fourth clock',
    train: 5,
    test: 2,
    drawPair(random, index) {
      const step = [1, 2, -1, 3, -2, 2, -1][index] ?? 1
      const start = random.between(0, 7)
      const draw = (turn: number) => {
        const clock = blank(3, 3)
        frameBox(clock, { top: 0, left: 0, height: 3, width: 3 }, 8)
        const [y, x] = dial.at((start + turn * step) % 8) ?? [0, 0]
        paint(clock, y, x, 2)
        paint(clock, 1, 1, 4)
        return clock
      }
      return { input: joinPanels([0, 1, 2].map(draw), 0), output: draw(3) }
    },
  },
  {
    name: 'nesting-dolls',
    split: 'training',
    about: 'The colours of the row become squares inside each other, the first one outermost',
    train: 3,
    test: 2,
    drawPair(random, index) {
      const colours = random.pickSome(inks, [2, 4, 3, 5, 8][index] ?? 2)
      const side = 2 * colours.length - 1
      const output = blank(side, side)
      for (const [depth, ink] of colours.entries()) {
        fillBox(output, { top: depth, left: depth, height: side - 2 * depth, width: side - 2 * depth }, ink)
      }
      return { input: [colours], output }
    },
  },
  {
    name: 'find-the-word',
    split: 'evaluation',
    about: 'The word above the line stands once in the letters below, across or down: only it remains',
    train: 4,
    test: 2,
    drawPair(random, index) {
      const side = random.between(7, 9)
      const letters = random.pickSome(inks, 4)
      const word = Array.from({ length: random.between(3, 4) }, () => random.pick(letters))
      const board = scatter(random, side, side, letters)
      const [down, right] = index % 2 === 0 ? [0, 1] : [1, 0]
      const [top, left] = [random.between(0, side - 1 - 3 * down), random.between(0, side - 1 - 3 * right)]
      for (const [order, ink] of word.entries()) paint(board, top + order * down, left + order * right, ink)
      if (new Set(word).size < 3 || countWord(board, word) !== 1) return null
      const output = blank(side, side)
      for (const [order, ink] of word.entries()) paint(output, top + order * down, left + order * right, ink)
      const head = [Array.from({ length: side }, (_, x) => word[x] ?? 0), Array<number>(side).fill(5)]
      return { input: [...head, ...board], output }
    },
  },
]

/** The cells around the middle of a clock of three by three, clockwise. */
const dial = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 2],
  [2, 2],
  [2, 1],
  [2, 0],
  [1, 0],
] as const

/** How often a word stands on the board in any of the eight directions. */
function countWord(board: Grid, word: readonly number[]): number {
  const directions = dial.map(([y, x]) => [y - 1, x - 1] as const)
  return board
    .flatMap((row, y) => row.flatMap((_, x) => directions.map(([down, right]) => [y, x, down, right] as const)))
    .filter(([y, x, down, right]) => word.every((ink, order) => at(board, y + order * down, x + order * right) === ink))
    .length
}
