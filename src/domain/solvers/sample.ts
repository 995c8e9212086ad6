import type { Solver } from './solver.ts'

/** Best of N: asks every sample once, whatever comes. */
export const sample: Solver = {
  name: 'sample',
  next: ({ samples, limits }) =>
    samples.length === 0 ? Array.from({ length: limits.samples }, (_, index) => ({ ask: index })) : 'done',
}
