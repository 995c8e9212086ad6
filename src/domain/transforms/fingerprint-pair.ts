import type { Grid } from '../grid.ts'
import type { Pair } from '../task.ts'
import { applySymmetry, symmetries } from './symmetry.ts'

/**
 * A text that two pairs share exactly when one is the other under a symmetry and a permutation of symbols, the same for
 * input and output: the first by alphabet of the eight readings, each with its symbols named in order of first appearance.
 *
 * @returns rows of digits, as `01/10>11`; up to about 2 kB
 */
export function fingerprintPair({ input, output }: Pair): string {
  const readings = symmetries.map((symmetry) => {
    const rename = nameByAppearance()
    return [input, output].map((grid) => renderRows(applySymmetry(grid, symmetry), rename)).join('>')
  })
  return readings.reduce((least, reading) => (reading < least ? reading : least))
}

function nameByAppearance(): (symbol: number) => number {
  const names = new Map<number, number>()
  return (symbol) => {
    const name = names.get(symbol) ?? names.size
    names.set(symbol, name)
    return name
  }
}

function renderRows(grid: Grid, rename: (symbol: number) => number): string {
  return grid.map((row) => row.map(rename).join('')).join('/')
}
