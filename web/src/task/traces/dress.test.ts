import { describe, expect, test } from '@jest/globals'
import type { Transform } from '../../../../src/domain/grids/transforms/transform.ts'
import { compareDress } from './dress.ts'

const turn: Transform = { kind: 'symmetry', symmetry: 'rotate-90' }
const back: Transform = { kind: 'symmetry', symmetry: 'rotate-270' }
const recolour: Transform = { kind: 'permute', symbols: [0, 2, 1, 3, 4, 5, 6, 7, 8, 9] }
const swap: Transform = { kind: 'swap', train: 0, test: 0 }

const version = (number: number, from: number, ...transforms: Transform[]) => {
  return { version: number, signed_by: [], derived_from: { version: from, transforms } }
}
const versions = [version(1, 0, turn), version(2, 1, recolour), { version: 3, signed_by: [], derived_from: null }]

describe('a trace written on version', () => {
  test.each([
    [0, 0, [], true, true],
    [0, 0, [turn], false, true],
    [0, 0, [turn, back], true, true],
    [0, 0, [recolour], true, false],
    [0, 0, [recolour, recolour], true, true],
    [0, 0, [swap], true, true],
    [0, 2, [], false, false],
    [1, 2, [], true, false],
    [2, 1, [recolour], true, true],
    [2, 0, [recolour, turn], true, true],
  ])('%i, seen on version %i under %j', (written, shown, steps, directions, colours) => {
    expect(compareDress(versions, written, { version: shown, steps })).toEqual({ directions, colours })
  })

  test('of unknown origin cannot be compared', () => {
    expect(compareDress(versions, 3, { version: 0, steps: [] })).toBeUndefined()
    expect(compareDress([version(1, 1, turn)], 1, { version: 0, steps: [] })).toBeUndefined()
  })
})
