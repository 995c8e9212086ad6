import { isGrid, type Grid } from './grid.ts'

/** A grid as one short line, `012/345`: for lists of thousands, addresses, and browser storage. */
export function packGrid(grid: Grid): string {
  return grid.map((row) => row.join('')).join('/')
}

/** @returns undefined if the text is not a grid */
export function parsePackedGrid(text: string): Grid | undefined {
  if (!/^\d+(\/\d+)*$/.test(text)) return undefined
  const grid = text.split('/').map((row) => Array.from(row, Number))
  return isGrid(grid) ? grid : undefined
}
