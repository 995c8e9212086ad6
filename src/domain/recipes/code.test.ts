import { describe, expect, test } from '@jest/globals'
import { codeRecipe } from './code.ts'
import { findRecipe } from './find-recipe.ts'

const task = {
  train: [
    { input: [[0, 1]], output: [[1], [0]] },
    { input: [[2]], output: [[2]] },
  ],
  testInputs: [[[3, 0]], [[4]]],
}
const [system, user] = codeRecipe.renderMessages(task, null)

describe('the code prompt', () => {
  test('has one system and one user message', () => {
    expect([system?.role, user?.role]).toEqual(['system', 'user'])
    expect(codeRecipe.renderMessages(task, null)).toHaveLength(2)
  })

  test('shows every train pair, numbered, with its sizes', () => {
    expect(user?.content).toContain(
      '## Train pair 1\n\nInput, 1 row × 2 columns:\n[[0,1]]\n\nOutput, 2 rows × 1 column:\n[[1],\n [0]]',
    )
    expect(user?.content).toContain('## Train pair 2')
  })

  test('shows every test input and has no output after them', () => {
    const [, shown = ''] = user?.content.split('## Test input 1') ?? []
    expect(shown).toContain('[[3,0]]')
    expect(shown).toContain('## Test input 2\n\nInput, 1 row × 1 column:\n[[4]]')
    expect(shown).not.toContain('Output')
  })

  test('is the same whatever else the task carries', () => {
    const withOutputs = { ...task, test: [{ input: [[3, 0]], output: [[9]] }] }
    expect(codeRecipe.renderMessages(withOutputs, null)).toEqual([system, user])
  })

  test('asks for the function that the extraction finds', () => {
    const { outcome, program } = codeRecipe.extractAnswer({ text: user?.content ?? '', finishReason: 'stop' })
    expect(outcome).toBe('answered')
    expect(program).toContain('def solve_task(input_grid):')
  })
})

test('findRecipe names the recipes there are when asked for another', () => {
  expect(findRecipe('code')).toBe(codeRecipe)
  expect(() => findRecipe('poem')).toThrow('recipe "poem" is not one of: code')
})
