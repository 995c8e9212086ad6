import type { Random } from './random.ts'

/** A grid that is still being drawn. */
export type Canvas = number[][]

export const blank = (height: number, width: number, symbol = 0): Canvas =>
  Array.from({ length: height }, () => Array<number>(width).fill(symbol))

export const copy = (grid: readonly (readonly number[])[]): Canvas => grid.map((row) => [...row])

/** Draws one cell; outside the canvas nothing happens. */
export function paint(canvas: Canvas, y: number, x: number, symbol: number): void {
  const row = canvas[y]
  if (row && x >= 0 && x < row.length) row[x] = symbol
}

export const at = (canvas: Canvas, y: number, x: number): number => canvas[y]?.[x] ?? -1

export interface Box {
  readonly top: number
  readonly left: number
  readonly height: number
  readonly width: number
}

export function fillBox(canvas: Canvas, { top, left, height, width }: Box, symbol: number): void {
  for (let y = top; y < top + height; y += 1) for (let x = left; x < left + width; x += 1) paint(canvas, y, x, symbol)
}

/** Boxes of the given sizes that do not touch each other; those that find no room after many tries are left out. */
export function placeBoxes(
  random: Random,
  canvas: { readonly height: number; readonly width: number },
  sizes: readonly (readonly [height: number, width: number])[],
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
