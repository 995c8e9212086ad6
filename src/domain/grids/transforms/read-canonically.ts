import type { Grid } from '../grid.ts'
import { symmetries, symmetrySteps, type Symmetry } from './symmetry.ts'

/** Sizes and symbols become characters, starting at `0`. */
const firstCode = 48
const unnamed = 255

/** A grid row by row, so that each symmetry reads it with its own steps. */
interface FlatGrid {
  readonly cells: readonly number[]
  readonly height: number
  readonly width: number
}

/**
 * A text that two lists of grids share if and only if one is the other under a symmetry and a permutation of symbols, the same for
 * all grids of the list: the alphabetically first of the eight readings, with symbols named in order of first appearance.
 * A reading is abandoned at the first character after the best so far, so that most of the eight cost next to nothing.
 *
 * @returns for each grid its height, its width and its cells, one character each
 */
export function readCanonically(grids: readonly Grid[]): string {
  const flat = grids.map((grid): FlatGrid => ({ cells: grid.flat(), height: grid.length, width: grid[0]?.length ?? 0 }))
  const length = flat.reduce((sum, { cells }) => sum + 2 + cells.length, 0)
  let best: Uint8Array | undefined
  for (const symmetry of symmetries) best = readBefore(best, flat, symmetry, length) ?? best
  return String.fromCharCode(...(best ?? []))
}

/** @returns the reading if it comes before the best one */
function readBefore(
  best: Uint8Array | undefined,
  grids: readonly FlatGrid[],
  symmetry: Symmetry,
  length: number,
): Uint8Array | undefined {
  const [transposes, reversesRows, reversesColumns] = symmetrySteps[symmetry]
  const reading = new Uint8Array(length)
  const names = new Uint8Array(10).fill(unnamed)
  let nextName = firstCode
  let at = 0
  let isBefore = best === undefined
  for (const { cells, height, width } of grids) {
    const [rows, columns] = transposes ? [width, height] : [height, width]
    const [rowStep, columnStep] = transposes ? [1, width] : [width, 1]
    for (let index = -2; index < cells.length; index += 1) {
      let value = firstCode + (index === -2 ? rows : columns)
      if (index >= 0) {
        const y = Math.floor(index / columns)
        const x = index - y * columns
        const row = reversesRows ? rows - 1 - y : y
        const column = reversesColumns ? columns - 1 - x : x
        const symbol = cells[row * rowStep + column * columnStep] ?? 0
        if (names[symbol] === unnamed) {
          names[symbol] = nextName
          nextName += 1
        }
        value = names[symbol] ?? unnamed
      }
      if (!isBefore) {
        const bound = best?.[at] ?? unnamed
        if (value > bound) return undefined
        isBefore = value < bound
      }
      reading[at] = value
      at += 1
    }
  }
  return isBefore ? reading : undefined
}
