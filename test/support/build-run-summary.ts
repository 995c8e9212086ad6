import type { RunSummary } from '../../src/api/documents.ts'

/** A complete benchmark of 20 tasks as it is in the list of runs. */
export function buildRunSummary(part: Partial<RunSummary> & { readonly run_id: string }): RunSummary {
  return {
    group: part.run_id,
    kind: 'benchmark',
    recipe: 'code',
    model: 'MODEL',
    state: 'complete',
    reason: null,
    ending: null,
    started_at: '2026-01-01T00:00:00.000Z',
    ended_at: '2026-01-01T00:01:00.000Z',
    open_seconds: 60,
    places: [{ dataset: 'tasks', split: 'training' }],
    tasks: { total: 20, done: 20, failed: 0 },
    samples: 1,
    rounds: 1,
    gives_grids: true,
    in_flight: 0,
    waiting_for: null,
    gate_wait: null,
    numbers: buildSummaryNumbers(0.5, 1),
    ...part,
  }
}

/** @param costUsd of the whole run, known to the cent */
export function buildSummaryNumbers(value: number, costUsd: number): RunSummary['numbers'] {
  const leaderboard = { value, low: value / 2, high: (1 + value) / 2 }
  return {
    scores: [{ dataset: 'tasks', split: 'training', tasks: 20, leaderboard }],
    served_by_several: false,
    is_partial: false,
    cost_usd: costUsd,
    cost_at_least_usd: costUsd,
    cost_at_most_usd: costUsd,
    tokens: 2_000,
  }
}
