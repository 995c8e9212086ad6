import { describe, expect, test } from '@jest/globals'
import { blankGrid } from '../../grid/edit-grid.ts'
import { fitCell } from '../../grid/fit-cell.ts'
import { planLayout } from './plan-layout.ts'

const above = 140

/** A window over a task whose grids all have one size. */
function plan(
  window: readonly [width: number, height: number],
  count: number,
  height = 9,
  width = 9,
  hasSample = false,
) {
  const grid = blankGrid(height, width)
  const train = Array.from({ length: count }, () => ({ input: grid, output: grid }))
  const [windowWidth, windowHeight] = window
  const layout = planLayout({
    window: { width: windowWidth, height: windowHeight },
    above,
    train,
    testInput: grid,
    output: grid,
    hasSample,
    isCoarse: false,
  })
  return { ...layout, cell: fitCell(grid, layout.pair), grid }
}

describe('planLayout', () => {
  test.each([
    [1280, 800, 1],
    [1280, 800, 4],
    [1280, 800, 10],
    [1024, 768, 4],
    [1440, 900, 5],
    [1920, 1080, 10],
  ])('fits into %i×%i, with %i train pairs beside test input and editor', (width, height, count) => {
    const { kind, columns, panel, pair, testInput, editor } = plan([width, height], count)
    const besideEditor = kind === 'beside' ? testInput.width : 0
    expect(panel + besideEditor + editor.width).toBeLessThanOrEqual(width - 4 * 16)
    expect(columns * 2 * pair.width).toBeLessThan(panel)
    expect(Math.ceil(count / columns) * (pair.height + 42)).toBeLessThanOrEqual(height - above)
    const aboveEditor = kind === 'stacked' ? testInput.height + 52 + 16 : 0
    expect(aboveEditor + editor.height + 210).toBeLessThanOrEqual(height - above)
  })

  test.each([
    ['small ones', 8, 5, 5],
    ['wide ones', 6, 3, 25],
    ['tall ones', 3, 30, 4],
  ])('puts train pairs in the columns that make their cells largest: %s', (_, count, height, width) => {
    expect(plan([1280, 800], count, height, width).cell).toBeGreaterThan(8)
  })

  test.each([2, 3, 4])(
    'gives %i train pairs of 30×30 cells at least 150 pixels a grid in a window of 1440×900',
    (count) => {
      const { cell, editor } = plan([1440, 900], count, 30, 30)
      expect(cell).toBeGreaterThanOrEqual(5)
      expect(editor.width).toBeGreaterThanOrEqual(380)
    },
  )

  test('puts a wide test input above the editor, where both have the width', () => {
    const { kind, testInput, editor, grid } = plan([1440, 900], 3, 13, 30)
    expect(kind).toBe('stacked')
    expect(fitCell(grid, testInput)).toBeGreaterThanOrEqual(10)
    expect(fitCell(grid, editor)).toBeGreaterThanOrEqual(15)
  })

  test('keeps the test input beside the editor if a sample is shown below it', () => {
    expect(plan([1440, 900], 3, 13, 30, true).kind).toBe('beside')
  })

  test('has test input and editor below each other on a tablet held upright', () => {
    const { kind, testInput, editor } = plan([768, 1024], 3)
    expect(kind).toBe('stacked')
    expect(testInput.height + editor.height).toBeLessThan(1024 - above - 242)
  })

  test('shows the grid one draws in whole in a low window', () => {
    const { kind, editor } = plan([640, 400], 3)
    expect(kind).toBe('narrow')
    expect(editor.height).toBeLessThan(400)
  })

  test.each([320, 360, 390, 719])('leaves room beside the pairs for the test input at a width of %i', (width) => {
    const { kind, panel, pair, testInput, editor } = plan([width, 740], 3)
    expect(kind).toBe('narrow')
    expect(panel + testInput.width).toBeLessThanOrEqual(width - 32)
    expect(2 * pair.width).toBeLessThan(panel)
    expect(editor.width).toBeLessThanOrEqual(width - 32)
  })

  test('leaves a cell of a 30×30 grid its pixels, however many pairs there are', () => {
    for (let count = 1; count <= 12; count += 1) {
      expect(plan([1280, 600], count, 30, 30).pair.height).toBeGreaterThanOrEqual(84)
    }
  })
})
