import { expect, test } from '@jest/globals'
import { describeTransform } from './describe-transform.ts'

const permute = (...symbols: number[]) => describeTransform({ kind: 'permute', symbols })

test('a symmetry is named by what one sees', () => {
  expect(describeTransform({ kind: 'symmetry', symmetry: 'rotate-90' })).toBe('rotated 90° clockwise')
})

test('a permutation is named by its cycles', () => {
  expect(permute(0, 1, 5, 4, 7, 2, 6, 3, 8, 9)).toBe('2 ↔ 5, 3 → 4 → 7 → 3')
  expect(permute(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)).toBe('symbols as they are')
})

test('a swap counts from 1', () => {
  expect(describeTransform({ kind: 'swap', train: 0, test: 1 })).toBe('train pair 1 ↔ test pair 2')
})
