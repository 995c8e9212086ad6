import type { Decision, History, Solver } from './solver.ts'

/**
 * Runs a solver, and refuses a decision that no run can follow.
 *
 * @throws {TypeError} that names the solver and what is wrong with its decision
 */
export function decideNext(solver: Solver, history: History): Decision {
  const decision = solver.next(history)
  const flaw = findFlaw(decision, history)
  if (flaw === undefined) return decision
  throw new TypeError(`solver "${solver.name}" ${flaw}: it decided ${JSON.stringify(decision)}`)
}

function findFlaw(decision: Decision, { samples, limits }: History): string | undefined {
  if (decision === 'done') return samples.length === 0 ? 'ends before it has asked anything' : undefined
  if (decision.length === 0) return 'asks nothing, and is not done'
  const sampleIndexes = new Set(decision.map(({ ask }) => ask))
  if (sampleIndexes.size < decision.length) return 'asks a sample twice at once'
  const newIndexes = [...sampleIndexes].filter((index) => samples[index] === undefined).toSorted((a, b) => a - b)
  // A record has no place for a sample that was left out.
  if (newIndexes.some((index, nth) => index !== samples.length + nth)) return `leaves out sample ${samples.length}`
  if (samples.length + newIndexes.length > limits.samples) return `asks more than ${limits.samples} samples`
  for (const [index, rounds] of samples.entries()) {
    if (!sampleIndexes.has(index)) continue
    if (rounds.length >= limits.rounds) return `asks sample ${index} for more than ${limits.rounds} rounds`
    if (!rounds.flat().some(({ train }) => train !== null))
      return `asks sample ${index} again, which has no program yet`
  }
  return undefined
}
