import { describe, expect, test } from '@jest/globals'
import { codeRecipe } from './code.ts'
import { findRecipe } from './find-recipe.ts'

const task = { train: [{ input: [[0, 1]], output: [[1], [0]] }], testInputs: [[[3, 0]], [[4]]] }
const [, user] = codeRecipe.renderMessages(task, null)

describe('the code prompt', () => {
  test('shows every test input and no output after them', () => {
    const [, shown = ''] = user?.content.split('## Test input 1') ?? []
    expect(shown).toContain('[[3,0]]')
    expect(shown).toContain('## Test input 2\n\nInput, 1 row × 1 column:\n[[4]]')
    expect(shown).not.toContain('Output')
  })

  test('asks for the function that the program is searched for', () => {
    const { outcome, program } = codeRecipe.extractAnswer({ text: user?.content ?? '', finishReason: 'stop' })
    expect(outcome).toBe('answered')
    expect(program).toContain('def solve_task(input_grid):')
  })
})

test('findRecipe lists the recipes when asked for an unknown one', () => {
  expect(findRecipe('code')).toBe(codeRecipe)
  expect(() => findRecipe('poem')).toThrow('recipe "poem" is not one of: reasoning, code, direct')
})
