import type { History, PastAnswer, SolverLimits } from '../../src/domain/solvers/solver.ts'

/** The result of one answer: its program is right on the train pairs, wrong on one of them, or missing. */
type Word = 'right' | 'wrong' | 'none'

/** A history with one answer per round. @param samples the result of each round, by sample */
export function buildHistory(limits: SolverLimits, samples: readonly (readonly Word[])[] = []): History {
  return {
    limits,
    samples: samples.map((rounds, sample) => rounds.map((word, round) => [buildAnswer(`${sample}.${round}`, word)])),
  }
}

function buildAnswer(key: string, word: Word): PastAnswer {
  if (word === 'none') return { key, outcome: 'unparseable', train: null }
  const right = { verdict: 'correct', cells_right: 4, cells: 4 } as const
  const wrong = { verdict: 'wrong', cells_right: 1, cells: 4 } as const
  return { key, outcome: 'answered', train: [right, word === 'right' ? right : wrong] }
}
