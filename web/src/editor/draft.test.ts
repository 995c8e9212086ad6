import { describe, expect, test } from '@jest/globals'
import { blankGrid } from '../grid/edit-grid.ts'
import { parseDraft, renderDraft, withoutHistory } from './draft.ts'

const snapshot = (symbol: number) => ({ grid: [[symbol]], selection: null })

describe('a draft', () => {
  test('keeps what was done and undone around the present grid', () => {
    const draft = { grid: [[3]], past: [snapshot(1), snapshot(2)], future: [snapshot(4)] }
    expect(renderDraft(draft)).toBe('1;2;@3;4')
    expect(parseDraft('1;2;@3;4')).toEqual(draft)
    expect(withoutHistory('1;2;@3;4')).toBe('3')
  })

  test('without history is one packed grid, as it always was', () => {
    expect(renderDraft({ grid: [[1, 2]], past: [], future: [] })).toBe('12')
    expect(parseDraft('12/34')).toEqual({
      grid: [
        [1, 2],
        [3, 4],
      ],
      past: [],
      future: [],
    })
    expect(withoutHistory('12')).toBe('12')
  })

  test('drops the oldest steps of a long history', () => {
    const grid = blankGrid(30, 30)
    const past = Array.from({ length: 500 }, (_, step) => ({
      grid: grid.map((row) => row.map(() => step % 10)),
      selection: null,
    }))
    const text = renderDraft({ grid, past, future: [] })
    expect(text.length).toBeLessThan(17_000)
    const kept = parseDraft(text)?.past ?? []
    expect(kept.length).toBeGreaterThan(10)
    expect(kept.at(-1)?.grid[0]?.[0]).toBe(9)
  })

  test.each(['', 'x', '1;@', '1;2;@3;x', '@1;@2', '12/3;@1'])('in another format is not read: %j', (text) => {
    expect(parseDraft(text)).toBeUndefined()
  })
})
