import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { anyPair, anyRedrawing } from '../../../../test/support/any-task.ts'
import type { Pair } from '../../tasks/task.ts'
import type { Grid } from '../grid.ts'
import { applyTransforms } from './apply-transform.ts'
import { fingerprintPair } from './fingerprint-pair.ts'
import { applySymmetry, symmetries } from './symmetry.ts'

describe('fingerprintPair', () => {
  test('is the same for every redrawing of a pair', () => {
    fc.assert(
      fc.property(anyPair, fc.array(anyRedrawing), (pair, transforms) => {
        const [redrawn = pair] = applyTransforms({ train: [pair], test: [] }, transforms).train
        expect(fingerprintPair(redrawn)).toBe(fingerprintPair(pair))
      }),
    )
  })

  test('of tiny pairs is the same only when one is a redrawing of the other', () => {
    const pairs = tinyPairs().map((pair) => ({ pair, print: fingerprintPair(pair) }))
    const misjudged = pairs.flatMap((a) =>
      pairs.filter((b) => (a.print === b.print) !== isRedrawing(a.pair, b.pair)).map((b) => [a, b]),
    )
    expect(misjudged).toEqual([])
  })

  test('differs for pairs whose input and output were turned differently', () => {
    const grid = [
      [1, 2],
      [3, 4],
    ]
    const turned = applySymmetry(grid, 'rotate-90')
    expect(fingerprintPair({ input: grid, output: turned })).not.toBe(fingerprintPair({ input: grid, output: grid }))
  })
})

/** All pairs of grids of one or two cells in a row or column, over three symbols. */
function tinyPairs(): Pair[] {
  const symbols = [0, 1, 2]
  const twos = symbols.flatMap((a) => symbols.map((b) => [a, b]))
  const grids: Grid[] = [...twos.map((row) => [row]), ...twos.map(([a = 0, b = 0]) => [[a], [b]]), [[0]], [[1]]]
  return grids.flatMap((input) => grids.map((output) => ({ input, output })))
}

/** Tries everything: some symmetry must lay one over the other so that equal symbols, and only they, meet equal ones. */
function isRedrawing(a: Pair, b: Pair): boolean {
  const target = [b.input, b.output]
  const symbols = target.flat(2)
  return symmetries.some((symmetry) => {
    const turned = [a.input, a.output].map((grid) => applySymmetry(grid, symmetry))
    if (turned.some((grid, index) => sizeOf(grid) !== sizeOf(target[index]))) return false
    const meetings = new Set(turned.flat(2).map((symbol, cell) => `${symbol}${symbols[cell]}`))
    const [froms, tos] = [0, 1].map((end) => new Set([...meetings].map((meeting) => meeting[end])))
    return froms?.size === meetings.size && tos?.size === meetings.size
  })
}

const sizeOf = (grid: Grid = []) => `${grid.length}×${grid[0]?.length}`
