import { describe, expect, test } from '@jest/globals'
import type { ProgressView } from '../runs/render-progress.ts'
import { measureWidth } from './display-width.ts'
import { arrangeProgress } from './fit-progress.ts'

const view: ProgressView = {
  runId: 'code-GEMINI_FLASH-20261127-041500-ab12',
  label: 'GEMINI_FLASH',
  facts: [
    { text: '12/400 tasks', weight: 10 },
    { text: '40/1600 answers', weight: 1 },
    { text: '5 solved', weight: 8 },
    { text: '1 failed', weight: 7 },
    { text: '$1.23', weight: 5 },
    { text: '3 min 5 s', weight: 2 },
  ],
  words: [],
}
const fit = (columns: number, views: readonly ProgressView[] = [view], rows = 24) =>
  arrangeProgress(views).fit(columns, rows)

describe('a run on a terminal', () => {
  test.each([
    [
      120,
      'code-GEMINI_FLASH-20261127-041500-ab12: 12/400 tasks · 40/1600 answers · 5 solved · 1 failed · $1.23 · 3 min 5 s',
    ],
    [79, 'GEMINI_FLASH: 12/400 tasks · 5 solved · 1 failed · $1.23 · 3 min 5 s'],
    [39, 'GEMINI_FLASH: 12/400 tasks · 5 solved'],
    [24, 'GEMINI_FL…: 12/400 tasks'],
    [12, '12/400 tasks'],
  ])('of %d columns', (columns, line) => {
    const [line1 = ''] = fit(columns)
    expect(line1).toBe(line)
    expect(measureWidth(line1)).toBeLessThanOrEqual(columns)
  })

  test('has its message below it, broken between words', () => {
    const words = ['trying again: 429: Rate limit reached for gpt-4o in organization org-1']
    expect(fit(39, [{ ...view, words }])).toEqual([
      'GEMINI_FLASH: 12/400 tasks · 5 solved',
      '  trying again: 429: Rate limit reached',
      '  for gpt-4o in organization org-1',
    ])
  })
})

describe('several runs on a terminal', () => {
  const other = { ...view, runId: 'other', label: 'GPT', words: ['trying again: 429'] }

  test('have one line each', () =>
    expect(fit(39, [view, other])).toEqual([
      'GEMINI_FLASH: 12/400 tasks · 5 solved',
      'GPT: 12/400 tasks · 5 solved · 1 failed',
      '  trying again: 429',
    ]))

  test('drop their messages when there are too few rows, and then say how many more runs there are', () => {
    expect(fit(39, [view, other], 2)).toHaveLength(2)
    expect(fit(39, [view, other, other], 2)).toEqual(['GEMINI_FLASH: 12/400 tasks · 5 solved', 'and 2 more'])
  })
})

test('elsewhere a run is one line with everything', () =>
  expect(arrangeProgress([{ ...view, words: ['trying again: 429: slow down'] }]).plain).toEqual([
    'code-GEMINI_FLASH-20261127-041500-ab12: 12/400 tasks · 40/1600 answers · 5 solved · 1 failed · $1.23 · 3 min 5 s · trying again: 429: slow down',
  ]))
