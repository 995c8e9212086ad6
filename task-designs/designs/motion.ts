import { applySymmetry, type Symmetry } from '../../src/domain/grids/transforms/symmetry.ts'
import { at, blank, copy, fillBox, paint, scatter } from '../canvas.ts'
import type { Design } from '../design.ts'
import { inks } from '../inks.ts'

/** Things fall, rise, slide and shift. */
export const motionDesigns: readonly Design[] = [
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
    name: 'balloons-rise-stones-fall',
    split: 'training',
    about: 'Balloons of one colour rise to the ceiling, stones of another fall to the ground',
    train: 3,
    test: 1,
    drawPair(random) {
      const input = blank(random.between(8, 11), random.between(8, 12))
      const output = copy(input)
      for (const x of input[0]?.keys() ?? []) {
        const [balloons, stones] = [random.between(0, 2), random.between(0, 2)]
        const heights = random.pickSome([...input.keys()], balloons + stones).sort((a, b) => a - b)
        for (const [index, y] of heights.entries()) paint(input, y, x, index < balloons ? 6 : 9)
        fillBox(output, { top: 0, left: x, height: balloons, width: 1 }, 6)
        fillBox(output, { top: output.length - stones, left: x, height: stones, width: 1 }, 9)
      }
      return { input, output }
    },
  },
  {
    name: 'the-tilted-tray',
    split: 'evaluation',
    about: 'Everything slides to the side where the wall is, and piles up there in its order',
    train: 4,
    test: 2,
    drawPair(random, index) {
      const input = blank(random.between(6, 9), random.between(7, 10))
      const ground = input.length - 1
      fillBox(input, { top: ground, left: 0, height: 1, width: 10 }, 5)
      const output = copy(input)
      for (const x of input[0]?.keys() ?? []) {
        const heights = random.pickSome([...input.keys()].slice(0, -1), random.between(0, 3)).sort((a, b) => b - a)
        for (const [pile, y] of heights.entries()) {
          const ink = random.pick([1, 4, 8])
          paint(input, y, x, ink)
          paint(output, ground - 1 - pile, x, ink)
        }
      }
      const sides: Symmetry[] = ['identity', 'rotate-270', 'rotate-180', 'rotate-90', 'rotate-180', 'rotate-270']
      const side = sides[index] ?? 'identity'
      return { input: applySymmetry(input, side), output: applySymmetry(output, side) }
    },
  },
  {
    name: 'fall-in-with-the-leader',
    split: 'evaluation',
    about: 'All blocks move up or down until their tops stand level with the top of the red one',
    train: 3,
    test: 1,
    drawPair(random, index) {
      const [count = 4, leader = 0] =
        [
          [3, 1],
          [4, 0],
          [4, 3],
          [5, 2],
        ][index] ?? []
      const input = blank(random.between(9, 12), 3 * count + 1)
      const output = copy(input)
      const blocks = Array.from({ length: count }, (_, place) => ({
        top: random.between(0, input.length - 4),
        left: 3 * place + 1,
        height: random.between(1, 4),
        width: 2,
        ink: place === leader ? 2 : random.pick([1, 3, 4, 6, 7, 8]),
      }))
      const top = blocks[leader]?.top ?? 0
      if (blocks.filter((block) => block.top !== top).length < count - 1) return null
      for (const { ink, ...block } of blocks) {
        fillBox(input, block, ink)
        fillBox(output, { ...block, top }, ink)
      }
      return { input, output }
    },
  },
  {
    name: 'full-rows-vanish',
    split: 'evaluation',
    about: 'As in the game of falling blocks: a row without gaps vanishes, and all rows above it come down by one',
    train: 3,
    test: 1,
    drawPair(random, index) {
      const [height, width] = [random.between(9, 12), random.between(6, 8)]
      const bricks = random.pickSome(inks, 3)
      const full = new Set(random.pickSome([1, 2, 3, 4, 5], [1, 2, 2, 3][index] ?? 1))
      const rows = Array.from({ length: 7 }, (_, y) => {
        const row = scatter(random, 1, width, full.has(y) ? bricks : [0, ...(y < 2 ? [0, 0] : []), ...bricks])
        return row.flat()
      })
      const broken = rows.filter((row) => row.includes(0))
      if (broken.length !== rows.length - full.size || broken.some((row) => row.every((symbol) => symbol === 0)))
        return null
      const stack = (rows: readonly (readonly number[])[]) => [...blank(height - rows.length, width), ...rows]
      return { input: stack(rows), output: stack(broken) }
    },
  },
  {
    name: 'the-combination-lock',
    split: 'evaluation',
    about:
      'Each ring turns to the right by as many cells as it has grey clicks; what leaves on the right comes back on the left',
    train: 3,
    test: 2,
    drawPair(random) {
      const width = random.between(6, 8)
      const rings = Array.from({ length: random.between(4, 6) }, () => {
        const [first = 1, second = 2] = random.pickSome([1, 2, 3, 4, 6, 7], 2)
        const clicks = random.between(0, 3)
        const ring = turnRing([first, first, second, ...Array<number>(width - 3).fill(0)], random.between(0, width - 1))
        return { clicks: [1, 2, 3].map((click) => (click <= clicks ? 5 : 0)), ring, turned: turnRing(ring, clicks) }
      })
      if (!rings.some(({ ring, turned }) => ring.at(-1) !== 0 && turned[0] !== 0)) return null
      return {
        input: rings.map(({ clicks, ring }) => [...clicks, 8, ...ring]),
        output: rings.map(({ turned }) => turned),
      }
    },
  },
]

function turnRing(ring: readonly number[], steps: number): number[] {
  return ring.map((_, x) => ring.at((x - steps) % ring.length) ?? 0)
}
