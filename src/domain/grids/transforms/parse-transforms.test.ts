import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { anyTransform } from '../../../../test/support/any-task.ts'
import { parseTransforms } from './parse-transforms.ts'

const parse = (value: unknown) => parseTransforms(value, 'dataset.json', '[3].derived_from.transforms')

describe('parseTransforms', () => {
  test('reads back what was written', () => {
    fc.assert(
      fc.property(fc.array(anyTransform), (transforms) => {
        expect(parse(JSON.parse(JSON.stringify(transforms)))).toEqual(transforms)
      }),
    )
  })

  test.each([
    ['no list', { kind: 'swap' }, '', /list of transforms/],
    ['null', [null], '[0]', /object with a kind; found null/],
    ['no kind', [{}], '[0].kind', /symmetry, permute or swap; it is missing/],
    ['an unknown kind', [{ kind: 'spin' }], '[0].kind', /symmetry, permute or swap; found "spin"/],
    ['an unknown symmetry', [{ kind: 'symmetry', symmetry: 'rotate-45' }], '[0].symmetry', /rotate-90.*"rotate-45"/],
    ['a name of Object.prototype', [{ kind: 'symmetry', symmetry: 'constructor' }], '[0].symmetry', /"constructor"/],
    [
      'a map that merges symbols',
      [{ kind: 'permute', symbols: [0, 1, 5, 3, 4, 5, 6, 7, 8, 9] }],
      '[0].symbols',
      /0 to 9 once/,
    ],
    ['too few symbols', [{ kind: 'permute', symbols: [1, 0] }], '[0].symbols', /found \[1,0\]/],
    [
      'a negative index after a valid transform',
      [
        { kind: 'swap', train: 0, test: 0 },
        { kind: 'swap', train: 0, test: -1 },
      ],
      '[1].test',
      /0 or more; found -1/,
    ],
  ])('says where, what was found and what is allowed for %s', (_, value, place, words) => {
    expect(() => parse(value)).toThrow(
      expect.objectContaining({
        file: 'dataset.json',
        place: `[3].derived_from.transforms${place}`,
        message: expect.stringMatching(words),
      }),
    )
  })
})
