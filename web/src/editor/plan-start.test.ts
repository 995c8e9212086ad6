import { describe, expect, test } from '@jest/globals'
import { blankGrid } from '../grid/edit-grid.ts'
import { planStart } from './plan-start.ts'

const pair = (input: number[][], output: number[][]) => ({ input, output })
const kept = pair([[1, 2]], [[2, 1]])

describe('planStart', () => {
  test('is blank, of the input’s size, if every train pair keeps its size', () => {
    expect(planStart([kept, pair([[1]], [[0]])], [[7, 7, 7]])).toEqual(blankGrid(1, 3))
  })

  test.each([
    ['one pair changes its size', [kept, pair([[1, 2]], [[1]])]],
    ['a pair is turned', [pair([[1, 2]], [[1], [2]])]],
    ['there is no pair', []],
  ])('is three by three if %s', (_, train) => {
    expect(planStart(train, [[7, 7, 7]])).toEqual(blankGrid(3, 3))
  })
})
