import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import type { Grid } from '../../domain/grids/grid.ts'
import { gridEncodings } from '../../domain/grids/render-grid.ts'
import { codeRecipe } from '../../domain/recipes/code.ts'
import { directRecipe } from '../../domain/recipes/direct.ts'
import { reasoningRecipe } from '../../domain/recipes/reasoning.ts'
import type { Message } from '../../domain/recipes/recipe.ts'
import { parsePrompt } from './parse-prompt.ts'

const task = {
  train: [
    { input: [[0, 1]], output: [[1], [0]] },
    { input: [[2]], output: [[2]] },
  ],
  testInputs: [[[3, 0]], [[4]]],
}
const parsed = { kind: 'task', evidence: task }

/** Grids of 1×1 to 4×4 cells. */
const grid: fc.Arbitrary<Grid> = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([height, width]) =>
    fc.array(fc.array(fc.nat(9), { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
  )

describe('parsePrompt', () => {
  const anyTask = fc.record({
    train: fc.array(fc.record({ input: grid, output: grid }), { minLength: 1, maxLength: 5 }),
    testInputs: fc.array(grid, { minLength: 1, maxLength: 3 }),
  })
  const read = (messages: readonly Message[]) => parsePrompt(messages.map(({ content }) => content).join('\n\n'))

  describe.each(gridEncodings)('reads back every task that a recipe writes in %s, and what it asks for', (encoding) => {
    test('code', () => {
      fc.assert(
        fc.property(anyTask, (task) => {
          const parsed = read(codeRecipe.renderMessages(task, null, encoding))
          expect(parsed).toEqual({ kind: 'task', evidence: task, wish: { of: 'program' } })
        }),
      )
    })

    test('reasoning, which shows no test input', () => {
      fc.assert(
        fc.property(anyTask, ({ train, testInputs }) => {
          const parsed = read(reasoningRecipe.renderMessages({ train, testInputs }, null, encoding))
          expect(parsed).toEqual({ kind: 'task', evidence: { train, testInputs: [] }, wish: { of: 'reasoning' } })
        }),
      )
    })

    test('direct, which shows one test input', () => {
      fc.assert(
        fc.property(anyTask, ({ train, testInputs }) => {
          const parsed = read(directRecipe.renderMessages({ train, testInputs }, testInputs.length - 1, encoding))
          const evidence = { train, testInputs: testInputs.slice(-1) }
          expect(parsed).toEqual({ kind: 'task', evidence, wish: { of: 'grid', testInput: 0, encoding } })
        }),
      )
    })
  })

  test.each([
    ['a task file', JSON.stringify({ train: task.train, test: task.testInputs.map((input) => ({ input })) })],
    [
      'digits in rows',
      'Example 1\nInput:\n0 1\nOutput:\n1\n0\n\nExample 2\nInput:\n2\nOutput:\n2\n\nTest\nInput:\n3 0\n\nInput:\n4\n',
    ],
    [
      'rows in brackets without brackets around them',
      'Train 1\nInput:\n[0, 1]\nOutput:\n[1]\n[0]\n\nTrain 2\nInput:\n[2]\nOutput:\n[2]\n\nTest\nInput:\n[3, 0]\n\nInput:\n[4]\n',
    ],
    ['grids in pairs without labels', '[[0,1]] -> [[1],[0]]\n[[2]] -> [[2]]\nTest: input [[3,0]] and input [[4]]'],
  ])('reads %s', (_, prompt) => {
    expect(parsePrompt(prompt)).toMatchObject(parsed)
  })

  test('ignores outputs listed under the test', () => {
    const prompt = 'Train\nInput: [[0]]\nOutput: [[1]]\nTest\nInput: [[2]]\nOutput: [[9]]'
    expect(parsePrompt(prompt)).toMatchObject({
      evidence: { train: [{ input: [[0]], output: [[1]] }], testInputs: [[[2]]] },
    })
  })

  test('takes the last input without an output as the test input', () => {
    const prompt = 'input [[0]] output [[1]] input [[2]]'
    expect(parsePrompt(prompt)).toMatchObject({ evidence: { testInputs: [[[2]]] } })
  })

  test.each([
    ['nothing', '', 'no train pair'],
    ['a chat', 'What is 2 + 2?', 'no train pair'],
    ['no test input', 'input [[0]] output [[1]]', 'no test input'],
    ['invalid grids', 'input [[0,1],[2]] output [[11]]', 'no train pair'],
  ])('says what is missing from %s', (_, prompt, reason) => {
    expect(parsePrompt(prompt)).toEqual({ kind: 'unreadable', reason: expect.stringContaining(reason) })
  })

  test.each([
    ['brackets', '[[1,'.repeat(20_000)],
    ['digits', '1 '.repeat(100_000)],
    ['rows', '[1, 2]\n'.repeat(20_000)],
    ['white space', `[[${' '.repeat(100_000)}`],
  ])('gives up quickly on endless %s', (_, prompt) => {
    expect(parsePrompt(prompt).kind).toBe('unreadable')
  })

  const brackets = 'Train\nInput:\n[[0]]\nOutput:\n[[1]]\n\nTest input 1:\n[[2]]\n\nTest input 2:\n[[3]]\n\n'
  const digits = 'Train\nInput:\n0 1\nOutput:\n1 0\n\nTest input:\n2 2\n\n'
  test.each([
    ['a program', `${brackets}Write solve_task(input_grid), which returns an output grid.`, { of: 'program' }],
    ['nothing in particular', brackets, { of: 'program' }],
    [
      'a grid',
      `${digits}Answer with the output grid, as rows of digits.`,
      { of: 'grid', testInput: 0, encoding: 'digits' },
    ],
    [
      'one grid of several',
      `${brackets}What is the output of test input 2? End with that grid.`,
      { of: 'grid', testInput: 1, encoding: 'json' },
    ],
    ['an explanation', `${brackets}Explain the rule in words. Do not write a grid or code.`, { of: 'reasoning' }],
  ])('recognises that a prompt asks for %s', (_, prompt, wish) => {
    expect(parsePrompt(prompt)).toMatchObject({ wish })
  })
})
