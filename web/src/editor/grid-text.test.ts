import { describe, expect, test } from '@jest/globals'
import { extractGrid } from './grid-text.ts'

const grid = [
  [0, 1, 2],
  [3, 4, 5],
]

describe('extractGrid', () => {
  test.each([
    ['JSON', '[[0,1,2],[3,4,5]]'],
    ['JSON with one row per line', '[[0,1,2],\n [3,4,5]]'],
    ['JSON with one symbol per line', JSON.stringify(grid, undefined, 2)],
    ['what NumPy prints', '[[0 1 2]\n [3 4 5]]'],
    ['what NumPy shows', 'array([[0, 1, 2],\n       [3, 4, 5]])'],
    ['what NumPy shows of another type', 'np.array([[0, 1, 2],\n [3, 4, 5]], dtype=int8)'],
    ["a line of somebody's program", 'expected = ((0, 1, 2), (3, 4, 5))'],
    ['a grid inside a text', 'The answer is\n\n{"output": [[0,1,2],[3,4,5]]}'],
    ['rows with semicolons', '0 1 2; 3 4 5'],
    ['lines of digits', '012\n345\n'],
    ['lines with spaces', '0 1 2\r\n3 4 5'],
    ['a packed grid', '012/345'],
  ])('reads %s', (_, text) => expect(extractGrid(text)).toEqual(grid))

  test.each(['', 'hello', '[[0,1],[2]]', '[[10]]', '[[-1]]', '{"input": [[1]], "output": [[2]]}'])(
    'does not take %j for a grid',
    (text) => expect(extractGrid(text)).toBeUndefined(),
  )
})
