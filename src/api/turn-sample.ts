import type { Grid } from '../domain/grids/grid.ts'
import { transformGrid } from '../domain/grids/transforms/transform-grid.ts'
import type { Transform } from '../domain/grids/transforms/transform.ts'
import type { SampleDocument } from './documents.ts'

/** A sample with all its grids under transforms. Its words and its program stay as they were written. */
export function turnSample(sample: SampleDocument, transforms: readonly Transform[]): SampleDocument {
  const turn = (grid: Grid) => transforms.reduce(transformGrid, grid)
  return {
    ...sample,
    train: sample.train.map(({ input, output }) => ({ input: turn(input), output: turn(output) })),
    test_inputs: sample.test_inputs.map(turn),
    rounds: sample.rounds.map((round) => ({
      ...round,
      results: round.results.map((result) => ({ ...result, got: result.got && turn(result.got) })),
    })),
  }
}
