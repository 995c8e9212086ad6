import { sameGrid, type Grid } from '../grid.ts'
import type { TaskPairs } from '../task.ts'
import { listGridLiterals } from './list-grid-literals.ts'

/** An output of the task that stands written out in a program. */
export interface CopiedOutput {
  /** `train 1` or `test 1`, counted from 1. */
  readonly pair: string
  /** Line of the program, from 1. */
  readonly line: number
}

/** Smaller outputs, and those of one symbol, stand in honest programs by chance. */
const fewestCells = 6

/**
 * Finds outputs that a program has written out: a sign that it knows answers rather than the rule. Only a suspicion (some
 * rules do draw a fixed pattern), so it stands beside the verdict and changes no score. A test output was never shown to
 * the model: one that stands in a program was known before, or is constant over the task.
 */
export function findCopiedOutputs(program: string, { train, test }: TaskPairs): CopiedOutput[] {
  const outputs = [
    ...train.map(({ output }, index) => ({ pair: `train ${index + 1}`, output })),
    ...test.map(({ output }, index) => ({ pair: `test ${index + 1}`, output })),
  ].filter(({ output }) => isTelling(output))
  if (outputs.length === 0) return []
  return listGridLiterals(program).flatMap(({ grid, line }) =>
    outputs.filter(({ output }) => sameGrid(grid, output)).map(({ pair }) => ({ pair, line })),
  )
}

function isTelling(grid: Grid): boolean {
  const cells = grid.flat()
  return cells.length >= fewestCells && new Set(cells).size > 1
}
