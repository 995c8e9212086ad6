import type { Grid } from '../grids/grid.ts'
import { renderGrid, type GridEncoding } from '../grids/render-grid.ts'
import type { Pair } from '../tasks/task.ts'

/** What every recipe says about grids before it shows some. */
export const whatAGridIs = `# Grids

A grid is a rectangle of cells, from 1×1 to 30×30. Each cell holds a symbol, an integer from 0 to 9. Symbols are names, as of colours: that 4 is greater than 2 rarely matters, that two cells are equal often does. People see them as 0 black, 1 blue, 2 red, 3 green, 4 yellow, 5 grey, 6 magenta, 7 orange, 8 light blue, 9 maroon. 0 is usually the empty background. Rows count from the top, columns from the left, both from 0.

Cells of one symbol that touch often form an object. Rules are about such things: objects and their shape, size, number, colour, place and order; symmetry and repetition; lines and their continuation; what is inside, between or missing; copying, moving, cutting out, counting, comparing.`

export function renderTrainPair({ input, output }: Pair, index: number, encoding: GridEncoding): string {
  return `## Train pair ${index + 1}\n\n${renderLabelled('Input', input, encoding)}\n\n${renderLabelled('Output', output, encoding)}`
}

export function renderTestInput(grid: Grid, index: number, encoding: GridEncoding): string {
  return `## Test input ${index + 1}\n\n${renderLabelled('Input', grid, encoding)}`
}

/** The size is beside each grid because models miscount rows, and a rule often begins with the size. */
function renderLabelled(label: string, grid: Grid, encoding: GridEncoding): string {
  return `${label}, ${renderSize(grid)}:\n${renderGrid(grid, encoding)}`
}

export function renderSize(grid: Grid): string {
  return `${count(grid.length, 'row')} × ${count(grid[0]?.length ?? 0, 'column')}`
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
