import fc from 'fast-check'
import type { Grid } from '../../src/domain/grids/grid.ts'
import { symmetries } from '../../src/domain/grids/transforms/symmetry.ts'
import type { Transform } from '../../src/domain/grids/transforms/transform.ts'
import type { Pair, TaskPairs } from '../../src/domain/tasks/task.ts'

/** Small grids of any symbols, from 1×1 up. */
export const anyGrid: fc.Arbitrary<Grid> = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([height, width]) =>
    fc.array(fc.array(fc.nat(9), { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
  )

export const anyPair: fc.Arbitrary<Pair> = fc.record({ input: anyGrid, output: anyGrid })

/** Tasks with two to four train pairs and two or three test pairs, so that every transform below applies to them. */
export const anyTask: fc.Arbitrary<TaskPairs> = fc.record({
  train: fc.array(anyPair, { minLength: 2, maxLength: 4 }),
  test: fc.array(anyPair, { minLength: 2, maxLength: 3 }),
})

const anyPermutation = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { minLength: 10 })

/** Any transform that changes every grid in the same way. */
export const anyRedrawing: fc.Arbitrary<Transform> = fc.oneof(
  fc.record({ kind: fc.constant('symmetry'), symmetry: fc.constantFrom(...symmetries) }),
  fc.record({ kind: fc.constant('permute'), symbols: anyPermutation }),
)

export const anyTransform: fc.Arbitrary<Transform> = fc.oneof(
  anyRedrawing,
  fc.record({ kind: fc.constant('swap'), train: fc.nat(1), test: fc.nat(1) }),
)
