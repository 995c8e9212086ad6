import type { Candidate, Proposal } from './proposal.ts'
import type { SelectionRule } from './selection-rule.ts'

/**
 * Grids of programs that pass every train pair come first, by votes; then the rest by train cells right. Ties go to the
 * smaller program, then to its hash. Grids answered without a program are ordered by votes.
 */
export const trainPassThenVotes: SelectionRule = {
  name: 'train-pass-then-votes',
  version: 1,
  compare(a, b) {
    return countVotes(b) - countVotes(a) || compareCandidates(findBest(a), findBest(b))
  },
}

/** Votes count among peers: programs that fail a train pair add nothing to those that pass. */
function countVotes({ backers }: Proposal): number {
  return backers.filter(({ program }) => program === null || program.passesTrain).length
}

function findBest({ backers }: Proposal): Candidate | undefined {
  return backers.toSorted(compareCandidates)[0]
}

function compareCandidates(left?: Candidate, right?: Candidate): number {
  const [a, b] = [left?.program, right?.program]
  if (!a || !b) return 0
  return (
    Number(b.passesTrain) - Number(a.passesTrain) ||
    b.trainCells - a.trainCells ||
    a.length - b.length ||
    (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0)
  )
}
