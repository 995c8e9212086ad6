import { sample } from './sample.ts'
import type { PastSample, Solver } from './solver.ts'

/** Best of N, and a sample whose newest program fails a train pair is asked again, until it has used up its rounds. */
export const refine: Solver = {
  name: 'refine',
  next(history) {
    const { samples, limits } = history
    if (samples.length === 0) return sample.next(history)
    const steps = samples.flatMap((rounds, index) =>
      rounds.length < limits.rounds && failsTrainPair(rounds) ? [{ ask: index }] : [],
    )
    return steps.length === 0 ? 'done' : steps
  },
}

/** An answer without a program has nothing to go back with; the sample stands as it is. */
function failsTrainPair(rounds: PastSample): boolean {
  const newest = rounds.at(-1) ?? []
  return newest.some(({ train }) => train?.some(({ verdict }) => verdict !== 'correct'))
}
