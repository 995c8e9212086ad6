import { describe, expect, test } from '@jest/globals'
import { buildMatrixRow } from '../../../test/support/build-matrix-row.ts'
import { walkSamples } from './walk-samples.ts'

const row = (item: string, marks: string) => buildMatrixRow(item, { marks })
const rows = [row('a', 'rw'), row('b', ''), row('c', 'ww'), row('d', 'r')]

describe('walkSamples', () => {
  test('goes from task to task, by the same number if there is one, past unrecorded ones', () => {
    expect(walkSamples(rows, {}, { item: 'a', sample: 1 })).toEqual({
      before: undefined,
      next: { item: 'c', sample: 1 },
      place: { number: 1, of: 3 },
    })
    expect(walkSamples(rows, {}, { item: 'c', sample: 1 }).next).toEqual({ item: 'd', sample: 0 })
  })

  test('goes from sample to sample when a mark is filtered by', () => {
    const wrong = { mark: 'wrong' } as const
    expect(walkSamples(rows, wrong, { item: 'a', sample: 1 })).toEqual({
      before: undefined,
      next: { item: 'c', sample: 0 },
      place: { number: 1, of: 3 },
    })
    expect(walkSamples(rows, wrong, { item: 'c', sample: 1 }).next).toBeUndefined()
  })

  test('goes on from a sample that is not in the filter', () =>
    expect(walkSamples(rows, { mark: 'wrong' }, { item: 'd', sample: 0 })).toMatchObject({
      next: { item: 'a', sample: 1 },
      place: undefined,
    }))
})
