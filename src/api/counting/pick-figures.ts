import { totalTokens } from '../../domain/models/usage.ts'
import { isMixture } from '../../domain/results/explain-served.ts'
import { describeRun, type RunNumbers } from '../../domain/results/run-document.ts'
import type { RunSummary } from '../documents.ts'

/** What a list shows of a run's numbers. */
export interface RunFigures {
  readonly recorded: number
  readonly failed: number
  readonly numbers: NonNullable<RunSummary['numbers']>
}

export function pickFigures(runNumbers: RunNumbers): RunFigures {
  // Nothing that depends on the time is picked.
  const { recorded_scores, scores, ...document } = describeRun(runNumbers, Date.now())
  const shownScores = recorded_scores ?? scores
  return {
    recorded: runNumbers.counts.recorded,
    failed: runNumbers.failures.length,
    numbers: {
      scores:
        shownScores?.map(({ dataset, split, tasks, leaderboard }) => ({ dataset, split, tasks, leaderboard })) ?? null,
      served_by_several: isMixture(document.served),
      is_partial: recorded_scores !== null,
      cost_usd: document.cost_usd,
      cost_at_least_usd: document.cost_at_least_usd,
      cost_at_most_usd: document.cost_at_most_usd,
      tokens: totalTokens(document.usage),
    },
  }
}
