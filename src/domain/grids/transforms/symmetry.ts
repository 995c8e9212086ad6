import type { Grid } from '../grid.ts'

/**
 * The eight symmetries of a rectangle, each as three steps in this order: exchange rows and
 * columns, reverse the order of rows, reverse the order of columns. Rotations are clockwise.
 */
export const symmetrySteps = {
  identity: [false, false, false],
  'rotate-90': [true, false, true],
  'rotate-180': [false, true, true],
  'rotate-270': [true, true, false],
  'mirror-left-right': [false, false, true],
  'mirror-top-bottom': [false, true, false],
  transpose: [true, false, false],
  'anti-transpose': [true, true, true],
} as const satisfies Record<string, readonly [transposes: boolean, reversesRows: boolean, reversesColumns: boolean]>

/** By their names in files. */
export type Symmetry = keyof typeof symmetrySteps

export const symmetries = Object.keys(symmetrySteps) as readonly Symmetry[]

export function applySymmetry(grid: Grid, symmetry: Symmetry): Grid {
  const [transposes, reversesRows, reversesColumns] = symmetrySteps[symmetry]
  const laid = transposes ? transpose(grid) : grid
  const rows = reversesRows ? laid.toReversed() : laid
  return reversesColumns ? rows.map((row) => row.toReversed()) : rows
}

function transpose(grid: Grid): Grid {
  return (grid[0] ?? []).map((_, x) => grid.map((row) => row[x] ?? 0))
}

/** The symmetry that equals two applied one after the other. */
export function composeSymmetries(first: Symmetry, second: Symmetry): Symmetry {
  const [transposesFirst, rows, columns] = symmetrySteps[first]
  const [transposesSecond, rowsAfter, columnsAfter] = symmetrySteps[second]
  // An exchange of rows and columns that comes later turns a reversal of rows into one of columns.
  const [reversesRows, reversesColumns] = transposesSecond ? [columns, rows] : [rows, columns]
  const composition = [
    transposesFirst !== transposesSecond,
    reversesRows !== rowsAfter,
    reversesColumns !== columnsAfter,
  ]
  return findSymmetry((symmetry) => symmetrySteps[symmetry].every((step, index) => step === composition[index]))
}

function findSymmetry(isMeant: (symmetry: Symmetry) => boolean): Symmetry {
  const symmetry = symmetries.find(isMeant)
  if (!symmetry) throw new Error('the symmetries are no group') // They are: every combination of steps has a name above.
  return symmetry
}
