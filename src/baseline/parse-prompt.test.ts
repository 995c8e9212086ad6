import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import type { Grid } from '../domain/grid.ts'
import { codeRecipe } from '../domain/recipes/code.ts'
import { parsePrompt } from './parse-prompt.ts'

const task = {
  train: [
    { input: [[0, 1]], output: [[1], [0]] },
    { input: [[2]], output: [[2]] },
  ],
  testInputs: [[[3, 0]], [[4]]],
}
const parsed = { kind: 'task', ...task }

/** Whole numbers of cells from 1×1 to 4×4. */
const grid: fc.Arbitrary<Grid> = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([height, width]) =>
    fc.array(fc.array(fc.nat(9), { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
  )

describe('parsePrompt', () => {
  test('reads back every task that the code recipe writes', () => {
    const anyTask = fc.record({
      train: fc.array(fc.record({ input: grid, output: grid }), { minLength: 1, maxLength: 5 }),
      testInputs: fc.array(grid, { minLength: 1, maxLength: 3 }),
    })
    fc.assert(
      fc.property(anyTask, (task) => {
        const prompt = codeRecipe.renderMessages(task, null).map((message) => message.content)
        expect(parsePrompt(prompt.join('\n\n'))).toEqual({ kind: 'task', ...task })
      }),
    )
  })

  test.each([
    ['a task file', JSON.stringify({ train: task.train, test: task.testInputs.map((input) => ({ input })) })],
    [
      'digits in rows',
      'Example 1\nInput:\n0 1\nOutput:\n1\n0\n\nExample 2\nInput:\n2\nOutput:\n2\n\nTest\nInput:\n3 0\n\nInput:\n4\n',
    ],
    ['grids in pairs without names', '[[0,1]] -> [[1],[0]]\n[[2]] -> [[2]]\nTest: input [[3,0]] and input [[4]]'],
  ])('reads %s', (_, prompt) => {
    expect(parsePrompt(prompt)).toEqual(parsed)
  })

  test('passes over outputs that stand under the test', () => {
    const prompt = 'Train\nInput: [[0]]\nOutput: [[1]]\nTest\nInput: [[2]]\nOutput: [[9]]'
    expect(parsePrompt(prompt)).toEqual({
      kind: 'task',
      train: [{ input: [[0]], output: [[1]] }],
      testInputs: [[[2]]],
    })
  })

  test('takes the last input that no output follows for the test', () => {
    const prompt = 'input [[0]] output [[1]] input [[2]]'
    expect(parsePrompt(prompt)).toMatchObject({ testInputs: [[[2]]] })
  })

  test.each([
    ['nothing', '', 'no train pair'],
    ['a chat', 'What is 2 + 2?', 'no train pair'],
    ['no test input', 'input [[0]] output [[1]]', 'no test input'],
    ['grids that are none', 'input [[0,1],[2]] output [[11]]', 'no train pair'],
  ])('says what is missing in %s', (_, prompt, reason) => {
    expect(parsePrompt(prompt)).toEqual({ kind: 'unreadable', reason: expect.stringContaining(reason) })
  })

  test.each([
    ['brackets', '[[1,'.repeat(20_000)],
    ['digits', '1 '.repeat(100_000)],
    ['white space', `[[${' '.repeat(100_000)}`],
  ])('gives up in good time on endless %s', (_, prompt) => {
    expect(parsePrompt(prompt).kind).toBe('unreadable')
  })
})
