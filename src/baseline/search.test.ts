import { describe, expect, test } from '@jest/globals'
import type { Grid } from '../domain/grids/grid.ts'
import { runSteps, searchCandidates } from './search.ts'

const never = () => false
const turned = (grid: Grid) => grid.toReversed()
const inputs: Grid[] = [
  [
    [1, 0],
    [2, 2],
  ],
  [
    [0, 3, 3],
    [4, 0, 0],
  ],
]
const evidence = { train: inputs.map((input) => ({ input, output: turned(input) })), testInputs: [[[5], [6], [7]]] }

describe('searchCandidates', () => {
  test('finds steps that reproduce every pair and work on the test input', () => {
    const [best] = searchCandidates(evidence, never)
    expect(best?.fit).toBe(1)
    expect(runSteps(best?.steps ?? [], [[5], [6], [7]])).toEqual([[7], [6], [5]])
  })

  test('uses two steps when one is not enough', () => {
    const content = [
      [1, 0],
      [2, 2],
    ]
    const input = [[0, 0, 0, 0], ...content.map((row) => [0, ...row, 0]), [0, 0, 0, 0]]
    const train = [{ input, output: [...content, ...content] }]
    const test: Grid = [
      [0, 0],
      [0, 5],
    ]
    const [best] = searchCandidates({ train, testInputs: [test] }, never)
    expect(best?.steps.flatMap((step) => step.operations)).toEqual(['crop_to_colour', 'mosaic'])
    expect(runSteps(best?.steps ?? [], test)).toEqual([[5], [5]])
  })

  test.each<[string, string, readonly Grid[], (grid: Grid) => Grid, Grid]>([
    [
      'colours by how common they are',
      'in_roles',
      [[[1, 1, 1, 2]], [[3, 3, 3, 4]], [[5, 6, 6, 6]]],
      ([row = []]) => [row.map((symbol) => (row.filter((other) => other === symbol).length > 1 ? symbol : 0))],
      [[8, 8, 9, 8]],
    ],
    [
      'the same rule whichever side is on top',
      'oriented',
      [
        [
          [1, 1, 1],
          [0, 2, 0],
          [0, 0, 0],
        ],
        [
          [1, 0, 0],
          [1, 0, 2],
          [1, 0, 0],
        ],
      ],
      (grid) => grid.map((row) => row.map((symbol) => (symbol === 2 ? 3 : symbol))),
      [
        [0, 0, 1],
        [2, 0, 1],
        [0, 0, 1],
      ],
    ],
    [
      'each object by itself',
      'for_each',
      [[[1, 2, 0, 0, 3, 4, 4]], [[5, 0, 6, 7, 8, 0, 9]]],
      ([row = []]) => [
        row
          .join('')
          .split(/(0+)/)
          .flatMap((part) => (part.startsWith('0') ? part.split('') : part.split('').reverse()))
          .map(Number),
      ],
      [[0, 1, 7, 0, 2, 3, 5]],
    ],
  ])('recognises %s', (_, operation, inputs, rule, input) => {
    const train = inputs.map((input) => ({ input, output: rule(input) }))
    const candidates = searchCandidates({ train, testInputs: [input] }, never)
    const wrapped = candidates.filter(({ steps }) => steps.some(({ operations }) => operations[0] === operation))
    expect(wrapped.map(({ outputs }) => outputs)).toContainEqual([rule(input)])
  })

  test('starts with different answers to the test when the pairs allow several', () => {
    const ambiguous = { train: [{ input: [[1, 2]], output: [[2, 1]] }], testInputs: [[[1, 2, 3]]] }
    const [first, second] = searchCandidates(ambiguous, never)
    expect(runSteps(first?.steps ?? [], [[1, 2, 3]])).not.toEqual(runSteps(second?.steps ?? [], [[1, 2, 3]]))
  })

  test('returns the closest guess when nothing fits, and says how close', () => {
    const noisy = {
      train: [
        { input: [[1, 2, 3, 4]], output: [[1, 2, 3, 3]] },
        { input: [[3, 4, 4, 1]], output: [[3, 4, 4, 2]] },
      ],
      testInputs: [[[1]]],
    }
    const [best] = searchCandidates(noisy, never)
    expect(best?.fit).toBeGreaterThan(0)
  })

  test('still returns something when there is no time at all', () => {
    expect(searchCandidates(evidence, () => true)).toMatchObject([{ steps: [], cost: Infinity, fit: 0 }])
  })
})
