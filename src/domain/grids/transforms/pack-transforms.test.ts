import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { anyTransform } from '../../../../test/support/any-task.ts'
import { packTransforms, parsePackedTransforms } from './pack-transforms.ts'

describe('packTransforms', () => {
  test('is the inverse of parsePackedTransforms', () => {
    fc.assert(
      fc.property(fc.array(anyTransform), (transforms) => {
        expect(parsePackedTransforms(packTransforms(transforms))).toEqual(transforms)
      }),
    )
  })

  test('needs no escaping in an address', () => {
    fc.assert(
      fc.property(fc.array(anyTransform), (transforms) => {
        const text = packTransforms(transforms)
        expect(encodeURIComponent(text)).toBe(text)
      }),
    )
  })

  test.each(['turn', 'rotate-90.', 'permute-0123456788', 'permute-012', 'swap-1', 'swap-0--1', 'rotate-90,transpose'])(
    'refuses %j',
    (text) => expect(parsePackedTransforms(text)).toBeUndefined(),
  )
})
