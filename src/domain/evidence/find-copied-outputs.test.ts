import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { anyGrid } from '../../../test/support/any-task.ts'
import { findCopiedOutputs } from './find-copied-outputs.ts'

const output = [
  [0, 1, 0],
  [1, 1, 1],
]
const other = [
  [5, 1, 0],
  [1, 1, 1],
]
const task = { train: [{ input: [[0]], output }], test: [{ input: [[1]], output: other }] }
const find = (program: string) => findCopiedOutputs(program, task)

describe('findCopiedOutputs', () => {
  test.each([
    ['nested lists', 'x = [[0, 1, 0], [1, 1, 1]]'],
    [
      'nested lists over several lines, with comments and a trailing comma',
      'x = [\n  [0, 1, 0],  # first\n  [1, 1, 1],\n]',
    ],
    ['tuples', 'x = ((0,1,0),(1,1,1))'],
    ['an array', 'x = np.array([[0,1,0],[1,1,1]], dtype=int)'],
    ['a list of digits', 'x = ["010", "111"]'],
    ['a string of digits', 'x = """\n010\n111\n"""'],
    ['a string with escaped line breaks', "x = '0 1 0\\n1 1 1'"],
    ['one of several grids', 'x = [[[2, 2], [3, 3]], [[0,1,0],[1,1,1]]]'],
    ['a value of a dictionary', 'x = {(1, 2): [[0,1,0],[1,1,1]]}'],
  ])('finds an output as %s', (_, program) =>
    expect(find(program)).toEqual([{ pair: 'train 1', line: expect.any(Number) }]),
  )

  test('tells train and test outputs apart, each with its line', () =>
    expect(find('def solve_task(grid):\n  a = [[0,1,0],[1,1,1]]\n  return [[5,1,0],\n    [1,1,1]]')).toEqual([
      { pair: 'train 1', line: 2 },
      { pair: 'test 1', line: 3 },
    ]))

  test.each([
    ['a comment', '# [[0, 1, 0], [1, 1, 1]]'],
    ['another grid', 'x = [[0, 1, 0], [1, 0, 1]]'],
    ['computed values', 'x = [[0, a, 0], [1, 1, 1]]'],
    ['an index', 'x[0][1][0]'],
    ['an unclosed list', 'x = [[0, 1, 0], [1, 1, 1]'],
    ['rows in a string that is prose', '"010 and 111"'],
  ])('does not find it in %s', (_, program) => expect(find(program)).toEqual([]))

  test('does not suspect a small output, or one of a single symbol', () => {
    const small = {
      train: [],
      test: [
        { input: [[0]], output: [[1, 2]] },
        {
          input: [[0]],
          output: [
            [0, 0, 0],
            [0, 0, 0],
          ],
        },
      ],
    }
    expect(findCopiedOutputs('x = [[1, 2]]\ny = [[0, 0, 0], [0, 0, 0]]', small)).toEqual([])
  })

  test('never throws, and finds any distinctive output as Python prints it', () => {
    fc.assert(fc.property(fc.string(), (program) => Array.isArray(find(program))))
    fc.assert(
      fc.property(anyGrid, fc.string({ unit: fc.constantFrom('a', '=', ' ', '\n', '(', '[') }), (grid, before) => {
        fc.pre(grid.flat().length >= 6 && new Set(grid.flat()).size > 1)
        const copies = findCopiedOutputs(`${before}\nx = ${JSON.stringify(grid)}`, {
          train: [{ input: grid, output: grid }],
          test: [],
        })
        expect(copies).toEqual([{ pair: 'train 1', line: before.split('\n').length + 1 }])
      }),
    )
  })

  test.each(['[', "'\\", '"\\', '"""', '[1,', '(1),', "['1',"])('is fast on a program of nothing but %s', (part) =>
    expect(find(part.repeat(100_000))).toEqual([]),
  )
})

test.each(['a', '\\"', ' '])('an unclosed text of megabytes of %j is skipped', (unit) => {
  expect(find(`x = ["${unit.repeat(16_000_000)}`)).toEqual([])
})
