import { describe, expect, test } from '@jest/globals'
import { blankGrid } from '../../grid/edit-grid.ts'
import { fitCell } from '../../grid/fit-cell.ts'
import { planLayout } from './plan-layout.ts'

/** Train pairs of one size. */
function makePairs(count: number, height: number, width: number) {
  const grid = blankGrid(height, width)
  return Array.from({ length: count }, () => ({ input: grid, output: grid }))
}

describe('planLayout', () => {
  test.each([
    [1280, 800, 1],
    [1280, 800, 4],
    [1280, 800, 5],
    [1280, 800, 10],
    [1024, 768, 4],
    [1920, 1080, 10],
  ])('fits into %i×%i, with %i train pairs beside test input and editor', (width, height, count) => {
    const layout = planLayout({ width, height }, makePairs(count, 9, 9))
    const { kind, columns, panel, pair, testInput, editor } = layout
    expect(kind).toBe('wide')
    expect(panel + testInput.width + editor.width).toBeLessThanOrEqual(width - 4 * 16)
    expect(columns * 2 * pair.width).toBeLessThan(panel)
    expect(Math.ceil(count / columns) * (pair.height + 42)).toBeLessThanOrEqual(height - 116)
    expect(editor.height).toBeGreaterThan(300)
  })

  test.each([
    ['small ones', 8, 5, 5, 2],
    ['wide ones', 6, 3, 25, 1],
    ['tall ones', 3, 30, 4, 3],
  ])('puts train pairs in the columns that make their cells largest: %s', (_, count, height, width, columns) => {
    const train = makePairs(count, height, width)
    const layout = planLayout({ width: 1280, height: 800 }, train)
    expect(layout.columns).toBe(columns)
    expect(fitCell(blankGrid(height, width), layout.pair)).toBeGreaterThan(8)
  })

  test('puts test input and editor one below the other on a tablet held upright', () => {
    const { kind, testInput, editor } = planLayout({ width: 768, height: 1024 }, makePairs(3, 9, 9))
    expect(kind).toBe('middle')
    expect(testInput.height + editor.height).toBeLessThan(1024 - 116 - 248)
  })

  test('shows the whole editor in a low window', () => {
    const { kind, editor } = planLayout({ width: 640, height: 400 }, makePairs(3, 9, 9))
    expect(kind).toBe('narrow')
    expect(editor.height).toBeLessThan(400)
  })

  test.each([320, 360, 719])('stacks everything at a width of %i', (width) => {
    const { kind, pair, testInput, editor } = planLayout({ width, height: 740 }, makePairs(3, 9, 9))
    expect(kind).toBe('narrow')
    expect(2 * pair.width).toBeLessThan(width)
    expect(Math.max(testInput.width, editor.width)).toBeLessThanOrEqual(width - 32)
  })

  test('leaves a cell of a 30×30 grid its minimum size, however many pairs there are', () => {
    for (let count = 1; count <= 12; count += 1) {
      const { pair } = planLayout({ width: 1280, height: 600 }, makePairs(count, 30, 30))
      expect(pair.height).toBeGreaterThanOrEqual(84)
    }
  })
})
