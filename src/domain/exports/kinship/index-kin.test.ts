import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { anyRedrawing } from '../../../../test/support/any-task.ts'
import type { Grid } from '../../grids/grid.ts'
import { applyTransforms } from '../../grids/transforms/apply-transform.ts'
import type { Pair, TaskPairs } from '../../tasks/task.ts'
import { indexKin } from './index-kin.ts'
import { printTask } from './print-task.ts'

const hash = (text: string) => text

/** Grids of random symbols, about as large as ARC's; the same for the same seed. */
function drawTask(seed: number): TaskPairs {
  let state = seed
  // Mulberry32.
  const draw = (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
  const drawGrid = (): Grid => {
    const width = 8 + draw(8)
    // Mostly background, as in ARC's grids.
    return Array.from({ length: 8 + draw(8) }, () =>
      Array.from({ length: width }, () => (draw(3) === 0 ? 1 + draw(4) : 0)),
    )
  }
  const drawPair = (): Pair => ({ input: drawGrid(), output: drawGrid() })
  return { train: [drawPair(), drawPair(), drawPair()], test: [drawPair()] }
}

const evaluation = Array.from({ length: 8 }, (_, index) => drawTask(1 + index))
const find = indexKin(
  evaluation.map((task, index) => {
    const { pairs, parts } = printTask(task, hash)
    return { name: `e${index}`, pairs, parts: [...parts.keys()] }
  }),
)
const findKin = (task: TaskPairs) => find(printTask(task, hash))

const both = (change: (grid: Grid) => Grid) => (task: TaskPairs) => {
  const changePair = ({ input, output }: Pair) => ({ input: change(input), output: change(output) })
  return { train: task.train.map(changePair), test: task.test.map(changePair) }
}
const exchange = ({ train, test }: TaskPairs) => {
  const exchangePair = ({ input, output }: Pair) => ({ input: output, output: input })
  return { train: train.map(exchangePair), test: test.map(exchangePair) }
}
const pad = (width: number, symbol: number) => (grid: Grid) => {
  const side = Array<number>(width).fill(symbol)
  const edge = Array.from({ length: width }, () => Array<number>((grid[0]?.length ?? 0) + 2 * width).fill(symbol))
  return [...edge, ...grid.map((row) => [...side, ...row, ...side]), ...edge]
}
const scale = (factor: number) => (grid: Grid) =>
  grid.flatMap((row) =>
    Array.from({ length: factor }, () => row.flatMap((symbol) => Array<number>(factor).fill(symbol))),
  )
const changeCells = (count: number) => (grid: Grid) =>
  grid.map((row, y) =>
    row.map((symbol, x) => {
      const cell = y * row.length + x
      return cell % 7 === 3 && cell < 7 * count ? (symbol + 1) % 10 : symbol
    }),
  )

const shared = { kinship: 'shared-pair' }
const near = { kinship: 'near' }

describe('among the tasks of an evaluation set', () => {
  test('a task is found under any transforms', () => {
    fc.assert(
      fc.property(fc.nat(evaluation.length - 1), fc.array(anyRedrawing), (index, transforms) => {
        const task = evaluation[index] ?? drawTask(1)
        expect(findKin(applyTransforms(task, transforms))).toEqual({ name: `e${index}`, ...shared })
      }),
      { numRuns: 30 },
    )
  })

  test('a task is found by one pair out of several', () => {
    const stranger = drawTask(1_000)
    const [pair] = evaluation[7]?.test ?? []
    const mixed = { ...stranger, train: [...stranger.train, ...(pair ? [pair] : [])] }
    expect(findKin(mixed)).toEqual({ name: 'e7', ...shared })
  })

  test.each([
    ['one cell of every grid changed', both(changeCells(1))],
    ['three cells of every grid changed', both(changeCells(3))],
    ['every grid padded by one', both(pad(1, 5))],
    ['every grid padded by two of the background', both(pad(2, 0))],
    ['every grid scaled by two', both(scale(2))],
    ['padded and scaled', (task: TaskPairs) => both(scale(2))(both(pad(1, 7))(task))],
    ['scaled and padded', (task: TaskPairs) => both(pad(1, 7))(both(scale(2))(task))],
    ['inputs and outputs exchanged', exchange],
    ['exchanged and padded', (task: TaskPairs) => exchange(both(pad(1, 7))(task))],
    ['one cell changed, then padded', (task: TaskPairs) => both(pad(1, 7))(both(changeCells(1))(task))],
    [
      'one cell changed, turned and recoloured',
      (task: TaskPairs) =>
        applyTransforms(both(changeCells(1))(task), [
          { kind: 'symmetry', symmetry: 'anti-transpose' },
          { kind: 'permute', symbols: [3, 5, 0, 1, 7, 2, 9, 4, 6, 8] },
        ]),
    ],
  ])('a task is near with %s', (_, change) => {
    expect(evaluation.map((task) => findKin(change(task)))).toEqual(
      evaluation.map((__, index) => ({ name: `e${index}`, ...near })),
    )
  })

  test('other tasks are neither', () => {
    expect(Array.from({ length: 40 }, (_, index) => findKin(drawTask(1_000 + index))).filter(Boolean)).toEqual([])
  })

  test('grids with almost no information make no task near', () => {
    const plain = (side: number): Grid => Array.from({ length: side }, () => Array<number>(side).fill(0))
    const dot = (side: number): Grid => plain(side).map((row, y) => row.map((_, x) => (x === 1 && y === 1 ? 1 : 0)))
    const stripes = (side: number): Grid => plain(side).map((row) => row.map((_, x) => x % 2))
    const build = (side: number): TaskPairs => ({
      train: [
        { input: dot(side), output: stripes(side) },
        { input: stripes(side), output: plain(side) },
      ],
      test: [{ input: plain(side), output: dot(side) }],
    })
    const { pairs, parts } = printTask(build(6), hash)
    const lookUp = indexKin([{ name: 'plain', pairs, parts: [...parts.keys()] }])
    expect([7, 8, 12].map((side) => lookUp(printTask(build(side), hash)))).toEqual([undefined, undefined, undefined])
  })
})
