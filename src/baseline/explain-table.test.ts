import { describe, expect, test } from '@jest/globals'
import type { Grid } from '../domain/grids/grid.ts'
import type { LearnedTable } from './learn-tables.ts'
import { settleLookUp } from './operations/look-up.ts'

const grid = [[1, 2, 3, 4]]
const source = {
  operation: 'look_up',
  columns: [
    {
      call: 'grid',
      words: 'its colour',
      cost: 0,
      isColour: true,
      compute: (cells: Grid) => Int16Array.from(cells.flat()),
    },
  ],
  unchanged: 'stays as it is',
  base: (cells: Grid) => cells,
}
const settle = (rules: LearnedTable['rules'], keys = [0]) => settleLookUp(source, { keys, rules, cost: 0 })
const becomes = (symbol: number, ...key: number[]) => ({ key, rule: { symbol } })
const linesOf = (rules: LearnedTable['rules'], keys?: number[]) => settle(rules, keys).words.split('\n').slice(1)

describe('a learned table', () => {
  test('states once what most keys become as the rule for any other cell, in words and in the program', () => {
    const step = settle([becomes(7, 1), becomes(7, 2), becomes(7, 3), becomes(5, 4)])
    expect(step.words.split('\n').slice(1)).toEqual([
      '- colour 4: it becomes colour 5.',
      '- Any other cell becomes colour 7.',
    ])
    expect(step.call).toBe('look_up(grid, [grid], [(5, [(4,)])], 7)')
    expect(step.apply(grid)).toEqual([[7, 7, 7, 5]])
  })

  test('leaves any other cell unchanged when no two keys become the same', () => {
    const step = settle([becomes(2, 1), becomes(1, 2)])
    expect(step.words).toContain('Any other cell stays as it is.')
    expect(step.apply(grid)).toEqual([[2, 1, 3, 4]])
  })

  test('groups entries that differ only in their last value', () => {
    const stay = [5, 6, 7, 8].map((value) => ({ key: [value, value], rule: { copy: 0 } }))
    const rules = [becomes(9, 2, 4), becomes(9, 1, 3), becomes(9, 1, 2), ...stay]
    expect(linesOf(rules, [0, 0])[0]).toBe(
      '- colour 1 with colour 2 or colour 3; or colour 2 with colour 4: it becomes colour 9.',
    )
  })

  test('says that it guessed even if the guess equals the rule for any other cell', () => {
    const rules = [becomes(7, 1), becomes(7, 2), { ...becomes(7, 3), isGuessed: true } as const]
    expect(linesOf(rules)).toEqual(['- Any cell becomes colour 7.', expect.stringContaining('no pair shows')])
  })
})
