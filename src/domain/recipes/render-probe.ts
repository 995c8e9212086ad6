import type { Grid } from '../grids/grid.ts'
import type { AskingSpecification } from '../runs/specification.ts'
import type { Message, Recipe } from './recipe.ts'
import type { ShownTry } from './shown-try.ts'

/** A small task that never changes. */
const probe = {
  train: [
    { input: [[0, 1]], output: [[1, 0]] },
    { input: [[2, 3]], output: [[3, 2]] },
  ],
  testInputs: [[[4, 5]]],
}

const large = (symbol: number): Grid => Array.from({ length: 6 }, () => Array.from({ length: 6 }, () => symbol))
const probeProgram = { program: 'def solve_task(grid):\n    return grid', printed: '' }

/** Tries that never change, with every possible result on a train pair. */
const tries: readonly ShownTry[] = [
  {
    ...probeProgram,
    text: 'First.',
    train: [
      {
        verdict: 'error',
        cells_right: 0,
        error_type: 'ValueError',
        message: 'no',
        line: 2,
        expected: [[0]],
        got: null,
      },
      { verdict: 'wall-timeout', cells_right: 0, message: 'it took too long', expected: [[0]], got: null },
    ],
  },
  {
    ...probeProgram,
    text: 'Second.',
    printed: 'printed '.repeat(500),
    train: [
      { verdict: 'wrong', cells_right: 0, expected: [[1, 0]], got: [[1], [0]] },
      { verdict: 'wrong', cells_right: 0, expected: large(1), got: large(2) },
      { verdict: 'correct', cells_right: 1, expected: [[0]], got: [[0]] },
    ],
  },
]

/**
 * The messages for a task that never changes and, in a run with several rounds, for tries that never change: their hash
 * represents the wording of everything that the run sends.
 */
export function renderProbe(
  recipe: Recipe,
  { grid_encoding, rounds }: Pick<AskingSpecification, 'grid_encoding' | 'rounds'>,
): Message[] {
  return [
    ...recipe.renderMessages(probe, recipe.asksPerTestInput ? 0 : null, grid_encoding),
    ...(rounds > 1 ? (recipe.renderFeedback?.(tries, grid_encoding) ?? []) : []),
  ]
}
