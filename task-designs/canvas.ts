import type { Grid } from '../src/domain/grids/grid.ts'
import type { Random } from './random.ts'

/** A grid that is still being drawn. */
export type Canvas = number[][]

export const blank = (height: number, width: number, symbol = 0): Canvas =>
  Array.from({ length: height }, () => Array<number>(width).fill(symbol))

export const copy = (grid: Grid): Canvas => grid.map((row) => [...row])

/** Random symbols in every cell; one that is listed twice comes twice as often. */
export const scatter = (random: Random, height: number, width: number, symbols: readonly number[]): Canvas =>
  blank(height, width).map((row) => row.map(() => random.pick(symbols)))

/** Draws one cell; outside the canvas nothing happens. */
export function paint(canvas: Canvas, y: number, x: number, symbol: number): void {
  const row = canvas[y]
  if (row && x >= 0 && x < row.length) row[x] = symbol
}

export const at = (canvas: Grid, y: number, x: number): number => canvas[y]?.[x] ?? -1

export type Size = readonly [height: number, width: number]

/** The sizes of so many squares. */
export const squares = (count: number, side: number): Size[] => Array.from({ length: count }, () => [side, side])

export const sizeOf = (grid: Grid): Size => [grid.length, grid[0]?.length ?? 0]

export interface Box {
  readonly top: number
  readonly left: number
  readonly height: number
  readonly width: number
}

export function fillBox(canvas: Canvas, { top, left, height, width }: Box, symbol: number): void {
  for (let y = top; y < top + height; y += 1) for (let x = left; x < left + width; x += 1) paint(canvas, y, x, symbol)
}

export function frameBox(canvas: Canvas, { top, left, height, width }: Box, symbol: number): void {
  for (const y of [top, top + height - 1]) fillBox(canvas, { top: y, left, height: 1, width }, symbol)
  for (const x of [left, left + width - 1]) fillBox(canvas, { top, left: x, height, width: 1 }, symbol)
}

export const copyBox = (grid: Grid, { top, left, height, width }: Box): Canvas =>
  grid.slice(top, top + height).map((row) => row.slice(left, left + width))

/** Draws a picture with its upper left corner there, all in one symbol where one is given; its zeros leave what is there. */
export function stamp(canvas: Canvas, { top, left }: Pick<Box, 'top' | 'left'>, picture: Grid, symbol?: number): void {
  for (const [y, row] of picture.entries()) {
    for (const [x, own] of row.entries()) if (own !== 0) paint(canvas, top + y, left + x, symbol ?? own)
  }
}

/** Panels side by side with a line of one symbol between them. */
export const joinPanels = (panels: readonly Grid[], line: number): Canvas =>
  panels.reduce<Canvas>(
    (joined, panel, index) => panel.map((row, y) => (index === 0 ? [...row] : [...(joined[y] ?? []), line, ...row])),
    [],
  )

/** Boxes of the given sizes that do not touch each other; those that find no room after many tries are left out. */
export function placeBoxes(
  random: Random,
  canvas: { readonly height: number; readonly width: number },
  sizes: readonly Size[],
): Box[] {
  const placed: Box[] = []
  for (const [height, width] of sizes) {
    for (let trial = 0; trial < 200; trial += 1) {
      const box = {
        top: random.between(0, canvas.height - height),
        left: random.between(0, canvas.width - width),
        height,
        width,
      }
      if (placed.some((other) => touches(box, other))) continue
      placed.push(box)
      break
    }
  }
  return placed
}

function touches(a: Box, b: Box): boolean {
  return (
    a.top <= b.top + b.height && b.top <= a.top + a.height && a.left <= b.left + b.width && b.left <= a.left + a.width
  )
}
