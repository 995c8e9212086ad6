import type { Grid } from '../grids/grid.ts'
import type { PairVerdict, ProgramVerdict } from '../runs/record.ts'
import type { Pair } from '../tasks/task.ts'

/** An earlier try of a sample, as its model may see it: its own words, and its program's results on the train pairs. */
export interface ShownTry {
  /** The answer's text. */
  readonly text: string
  /** The answer's key, where the answer goes back to its model whole. */
  readonly answer?: string
  readonly program: string
  /** What the program printed: untrusted text, capped. */
  readonly printed: string
  readonly train: readonly ShownPair[]
}

/** A program's result on one train pair. */
export interface ShownPair extends Omit<PairVerdict, 'cells'> {
  readonly expected: Grid
  /** Null if it returned no grid. */
  readonly got: Grid | null
}

/** The parts of a program's run that may be shown: results on test inputs are left out. */
export function showTry(text: string, program: string, run: ProgramVerdict, train: readonly Pair[]): ShownTry {
  return {
    text,
    program,
    printed: run.printed,
    train: train.flatMap(({ output }, index) => {
      const verdict = run.pairs[index]
      return verdict ? [{ ...verdict, expected: output, got: run.outputs[index] ?? null }] : []
    }),
  }
}

/** Orders tries by how many cells of the train pairs they got right, the best last, the later on a tie. */
export function rankTries(tries: readonly ShownTry[]): ShownTry[] {
  return tries.toSorted((a, b) => countRightCells(a) - countRightCells(b))
}

function countRightCells({ train }: ShownTry): number {
  return train.reduce((sum, pair) => sum + pair.cells_right, 0)
}
