import { describe, expect, test } from '@jest/globals'
import type { Evidence } from '../operation.ts'
import { symmetry } from '../operations/symmetry.ts'
import { runSteps, type Candidate } from '../search.ts'
import { renderAnswer, renderProgram } from './render-answer.ts'

const steps = symmetry.examples.slice(1, 2)
const evidence: Evidence = { train: [{ input: [[1, 2]], output: [[2, 1]] }], testInputs: [[[3, 4]], [[5, 6]]] }
const outputs = evidence.testInputs.map((grid) => runSteps(steps, grid))
const mirrored: Candidate = { steps, cost: 3, fit: 1, outputs }
const answer = (candidate: Candidate, wish: Parameters<typeof renderAnswer>[2]) =>
  renderAnswer(candidate, evidence, wish)

describe('renderAnswer', () => {
  test('describes what it sees, the rule, its check and its confidence, and then gives the program', () => {
    const text = answer(mirrored, { of: 'program' })
    const said = [
      'What I see: one train pair',
      'mirrored left to right',
      'it reproduces the one train pair',
      'confident',
    ]
    const places = [...said, 'def solve_task'].map((words) => text.indexOf(words))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  test('gives only an explanation when one is asked for', () => {
    expect(answer(mirrored, { of: 'reasoning' })).not.toMatch(/```|def /)
  })

  test.each([
    ['json', '```\n[[6,5]]\n```'],
    ['digits', '```\n6 5\n```'],
  ] as const)('gives the grid asked for in %s', (encoding, block) => {
    expect(answer(mirrored, { of: 'grid', testInput: 1, encoding }).trimEnd().endsWith(block)).toBe(true)
  })

  test.each([
    ['found nothing', { steps: [], cost: Infinity, fit: 0, outputs }, 'I found no rule that explains the train pairs'],
    ['only came close', { ...mirrored, fit: 0.9 }, 'The closest gets 90% of their cells right'],
    ['had to assume a lot', { ...mirrored, cost: 40 }, 'it is probably wrong'],
  ])('says so when it %s', (_, candidate, words) => {
    expect(answer(candidate, { of: 'reasoning' })).toContain(words)
  })

  test('returns the input, and says so, when the rule gives no grid', () => {
    const wish = { of: 'grid', testInput: 0, encoding: 'digits' } as const
    expect(answer({ ...mirrored, outputs: [null, null] }, wish)).toContain('I give its input back:\n\n```\n3 4\n```')
  })
})

test('a program holds only the functions that it needs', () => {
  const defined = [...renderProgram(mirrored).matchAll(/^def (\w+)/gm)].map(([, name]) => name)
  expect(defined).toEqual(['turn', 'symmetry', 'solve_task'])
})
