import { type Grid } from '../grids/grid.ts'
import type { TaskPairs } from '../tasks/task.ts'
import { listLiterals } from './list-literals.ts'

/** Programs with fewer literal values are never suspected: maps of ten symbols and steps to eight neighbours have fewer. */
const minValues = 60

/** Threshold of suspicion: the program's data as a share of what writing out all train outputs takes. */
const minShare = 0.5

export interface LiteralData {
  /** Literal values in the program. */
  readonly values: number
  /** Values needed to write out all train outputs in the shorter way: cell by cell, or as the cells that change. */
  readonly needed: number
  readonly isTable: boolean
}

/**
 * Compares a program's data with the size of a table of its train outputs. A rule needs few values, and their number does not
 * grow with the grids; a program that knows its outputs has about as many values as they do, however they are keyed or
 * packed.
 */
export function measureLiteralData(program: string, { train }: TaskPairs): LiteralData {
  const values = listLiterals(program).dataValues
  const needed = train.reduce((sum, { input, output }) => sum + countNeeded(input, output), 0)
  return { values, needed, isTable: values >= minValues && values >= minShare * needed }
}

/** Row, column and symbol of each cell that changes, if the size does not; otherwise every cell. */
function countNeeded(input: Grid, output: Grid): number {
  const cells = output.flat().length
  if (input.length !== output.length || input[0]?.length !== output[0]?.length) return cells
  return Math.min(cells, 3 * listChanges(input, output).length)
}

/** The cells of an output that differ from an input of the same size. */
export function listChanges(input: Grid, output: Grid): readonly (readonly [number, number, number])[] {
  return output.flatMap((row, y) =>
    row.flatMap((symbol, x) => (input[y]?.[x] === symbol ? [] : [[y, x, symbol] as const])),
  )
}
