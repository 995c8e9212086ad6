import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { findCopiedOutputs } from './find-copied-outputs.ts'
import { listLiterals } from './list-literals.ts'
import { measureLiteralData } from './measure-literal-data.ts'

const input = Array.from({ length: 10 }, () => Array.from({ length: 10 }, () => 0))
const output = input.map((row, y) => row.map((_, x) => ((x * 7 + y * 3) % 4 === 0 ? ((x + y) % 9) + 1 : 0)))
const task = { train: [{ input, output }], test: [] }
const changes = output.flatMap((row, y) => row.flatMap((symbol, x) => (symbol === 0 ? [] : [[y, x, symbol]])))
const program = (table: string) =>
  `import hashlib\nTABLE = ${table}\ndef solve_task(grid):\n    return TABLE[hash(str(grid))]`

describe('an output is found, whatever its key, as', () => {
  test.each([
    ['rows', `{"a1b2c3": ${JSON.stringify(output)}}`],
    ['rows keyed by a size', `{(10, 10): ${JSON.stringify(output)}}`],
    ['one list of its cells', `{12345678901234: ${JSON.stringify(output.flat())}}`],
    ['an array of its cells', `np.array(${JSON.stringify(output.flat())}).reshape(10, 10)`],
    ['one string of digits', `{"a1": "${output.flat().join('')}"}`],
    ['one number', `{"a1": 1}\nN = ${output.flat().join('')}`],
    ['changed cells', `{"a1": ${JSON.stringify(changes)}}`],
    ['changed cells, column first', `[${changes.map(([y, x, symbol]) => `(${x}, ${y}, ${symbol})`).join(', ')}]`],
    ['changed cells, symbol first', `[${changes.map(([y, x, symbol]) => `(${symbol}, ${y}, ${x})`).join(', ')}]`],
    ['changed cells as keys', `{${changes.map(([y, x, symbol]) => `(${y}, ${x}): ${symbol}`).join(', ')}}`],
  ])('%s', (_, table) => {
    expect(findCopiedOutputs(program(table), task)).toContainEqual(expect.objectContaining({ pair: 'train 1' }))
  })
})

describe('a table counts as suspicious', () => {
  test.each([
    ['as rows', JSON.stringify(output), true],
    ['as changed cells', JSON.stringify(changes), true],
    [
      'packed into a text',
      `zlib.decompress(base64.b64decode("${'eJxjYGBgZGJmYWVj5+Dk4ubh5eMXEBQSFhEVE5eQlJKWkZ0='.repeat(2)}"))`,
      true,
    ],
    [
      'of eight neighbours and ten symbols',
      '[(-1,-1),(-1,0),(-1,1),(0,-1),(0,1),(1,-1),(1,0),(1,1)], {0:1,1:2,2:3,3:4,4:5,5:6,6:7,7:8,8:9,9:0}',
      false,
    ],
    ['that is computed', '[[(x * 7 + y * 3) % 4 for x in range(10)] for y in range(10)]', false],
  ])('%s', (_, table, isTable) => expect(measureLiteralData(program(table), task).isTable).toBe(isTable))
})

test.each([
  ['indexes and calls', 'x[0][1] = f(1, 2, 3)', 0],
  ['a comment and a docstring', '# [1, 2, 3]\n"""a very long docstring that explains the rule at length"""', 0],
  ['a list, a tuple in it, and a dictionary', 'x = [1, (2, 3), {4: 5}]', 5],
  ['a list after a Python keyword', 'return [1, 2]', 2],
  ['an array', 'np.array([[1, 2], [3, 4]])', 4],
  ['a grid repeated from a few values', '[[0] * 30 for _ in range(30)]', 2],
])('literal data is measured in %s', (_, code, values) => expect(listLiterals(code).dataValues).toBe(values))

test('any program is measured, in time linear in its length', () => {
  fc.assert(fc.property(fc.string(), (code) => listLiterals(code).dataValues >= 0))
  for (const part of ['[', '[1,', '"', "'''", '(1)', '[[1],', '1', '\\', "'\\", 'a[']) {
    expect(listLiterals(part.repeat(200_000)).dataValues).toBeGreaterThanOrEqual(0)
  }
})
