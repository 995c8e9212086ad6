import type { Grid } from '../../src/domain/grids/grid.ts'
import { applySymmetry, symmetries, type Symmetry } from '../../src/domain/grids/transforms/symmetry.ts'
import { blank, copy, fillBox, paint, scatter, stamp } from '../canvas.ts'
import type { Design } from '../design.ts'
import { inks } from '../inks.ts'
import type { Random } from '../random.ts'

/** Mirrors, folds and turns. */
export const symmetryDesigns: readonly Design[] = [
  {
    name: 'standing-on-its-head',
    split: 'training',
    about: 'The picture is turned by half',
    train: 3,
    test: 1,
    drawPair(random) {
      const input = scatter(random, random.between(3, 5), random.between(3, 6), [0, 0, 2, 5, 8])
      return { input, output: applySymmetry(input, 'rotate-180') }
    },
  },
  {
    name: 'banner-and-its-reflection',
    split: 'training',
    about: 'The banner is followed by its mirror image',
    train: 3,
    test: 1,
    drawPair(random) {
      const input = scatter(random, random.between(2, 4), random.between(3, 5), [0, ...inks.slice(0, 4)])
      return { input, output: input.map((row) => [...row, ...row.toReversed()]) }
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
      const input = scatter(random, side, side, [0, 0, 1, 6, 9])
      const upper = input.map((row) => [...row, ...row.toReversed()])
      return { input, output: [...upper, ...upper.toReversed()] }
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
  {
    name: 'turned-as-often-as-dots',
    split: 'evaluation',
    about: 'Each dot above the line turns the picture below it by a quarter to the right',
    train: 4,
    test: 2,
    drawPair(random, index) {
      const side = random.between(5, 6)
      const turns = [1, 2, 3, 1, 2, 3][index] ?? 1
      const picture = scatter(random, side, side, [0, 0, 2, 6])
      const dots = blank(1, side)
      for (const x of random.pickSome([0, 1, 2, 3, 4], turns)) paint(dots, 0, x, 4)
      let output: Grid = picture
      for (let turn = 0; turn < turns; turn += 1) output = applySymmetry(output, 'rotate-90')
      return { input: [...dots, ...blank(1, side, 5), ...picture], output }
    },
  },
  {
    name: 'the-torn-wing',
    split: 'training',
    about: 'A butterfly has lost a piece of one wing; the other wing shows what was there',
    train: 3,
    test: 2,
    drawPair(random, index) {
      const [rim = 2, inner = 3, spot = 4] = random.pickSome([2, 3, 4, 6, 7, 8, 9], 3)
      const reach = random.pick([
        [3, 5, 5, 4, 2, 3, 4, 4, 2],
        [2, 4, 5, 5, 3, 2, 4, 3],
        [4, 5, 4, 2, 2, 4, 5, 5, 3],
      ])
      const wing = reach.map((width) =>
        Array.from({ length: 5 }, (_, x) =>
          x >= width ? 0 : x === width - 1 ? rim : random.pick([inner, inner, spot]),
        ),
      )
      const butterfly = wing.map((row) => [...row.toReversed(), 1, ...row])
      const output = blank(random.between(11, 13), random.between(13, 17))
      const [top, left] = [random.between(0, output.length - reach.length), random.between(0, 2)]
      stamp(output, { top, left }, butterfly)
      const input = copy(output)
      const torn = left + (index % 2 === 0 ? random.between(1, 2) : random.between(6, 7))
      fillBox(input, { top: top + random.between(0, reach.length - 3), left: torn, height: 3, width: 3 }, 0)
      return { input, output }
    },
  },
  {
    name: 'red-corner-goes-up-left',
    split: 'evaluation',
    about: 'The picture is turned until its red corner is the upper left one',
    train: 4,
    test: 2,
    drawPair(random, index) {
      const side = random.between(4, 7)
      const output = scatter(random, side, side, [0, 0, 1, 3, 4])
      paint(output, 0, 0, 2)
      const turns: Symmetry[] = ['rotate-90', 'rotate-180', 'rotate-270', 'rotate-180', 'rotate-270', 'rotate-90']
      return { input: applySymmetry(output, turns[index] ?? 'rotate-90'), output }
    },
  },
  {
    name: 'as-this-to-that',
    split: 'evaluation',
    about: 'The lower left panel is to the empty one as the upper left is to the upper right: turned or mirrored alike',
    train: 4,
    test: 2,
    drawPair(random, index) {
      const ways: Symmetry[] = ['mirror-left-right', 'rotate-90', 'mirror-top-bottom', 'rotate-180']
      const how = ways[index % 4] ?? 'rotate-180'
      const side = random.between(3, 4)
      const [above, below] = random.pickSome([1, 2, 3, 6, 7, 8], 2).map((ink) => drawUneven(random, side, ink))
      if (!above || !below) return null
      const input = blank(2 * side + 1, 2 * side + 1)
      fillBox(input, { top: side, left: 0, height: 1, width: 2 * side + 1 }, 5)
      fillBox(input, { top: 0, left: side, height: 2 * side + 1, width: 1 }, 5)
      stamp(input, { top: 0, left: 0 }, above)
      stamp(input, { top: 0, left: side + 1 }, applySymmetry(above, how))
      stamp(input, { top: side + 1, left: 0 }, below)
      const output = copy(input)
      stamp(output, { top: side + 1, left: side + 1 }, applySymmetry(below, how))
      return { input, output }
    },
  },
]

/** A picture that looks different from each of its eight sides; null when chance drew another. */
function drawUneven(random: Random, side: number, ink: number) {
  const picture = scatter(random, side, side, [0, ink])
  const views = new Set(symmetries.map((symmetry) => applySymmetry(picture, symmetry).join('/')))
  return views.size === symmetries.length ? picture : null
}
