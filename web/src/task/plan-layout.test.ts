import { describe, expect, test } from '@jest/globals'
import { planLayout } from './plan-layout.ts'

describe('planLayout', () => {
  test.each([1, 2, 3, 4, 5, 8, 10])('fits %i train pairs into 1280×800, beside test input and editor', (pairs) => {
    const { kind, columns, panel, pair, testInput, editor } = planLayout({ width: 1280, height: 800 }, pairs)
    expect(kind).toBe('wide')
    expect(panel + testInput.width + editor.width).toBeLessThanOrEqual(1280 - 4 * 16)
    expect(columns * 2 * pair.width).toBeLessThan(panel)
    expect(Math.ceil(pairs / columns) * (pair.height + 42)).toBeLessThanOrEqual(800 - 116)
    expect(editor.height).toBeGreaterThan(300)
  })

  test.each([320, 360, 719])('stacks everything at a width of %i', (width) => {
    const { kind, pair, testInput, editor } = planLayout({ width, height: 740 }, 3)
    expect(kind).toBe('narrow')
    expect(2 * pair.width).toBeLessThan(width)
    expect(Math.max(testInput.width, editor.width)).toBeLessThanOrEqual(width - 32)
  })

  test('leaves a cell of a 30×30 grid three pixels at least, however many pairs there are', () => {
    for (let pairs = 1; pairs <= 12; pairs += 1) {
      const { pair } = planLayout({ width: 1280, height: 600 }, pairs)
      expect(Math.min(pair.width, pair.height)).toBeGreaterThanOrEqual(84)
    }
  })
})
