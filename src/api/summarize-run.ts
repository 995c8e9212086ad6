import { givesGrids, isOpen, isVerification } from '../domain/runs/run.ts'
import type { KnownRun } from './counting/know-runs.ts'
import type { RunSummary } from './documents.ts'

/** A run in a list of many: its numbers are picked from earlier counts, none is computed here. */
export function summarizeRun({ run, state, places, figures, progress }: KnownRun, nowMs: number): RunSummary {
  const askingRun = isVerification(run) ? undefined : run
  const isRunOpen = isOpen(state.state)
  return {
    run_id: run.run_id,
    group: run.group,
    kind: run.specification.kind,
    recipe: askingRun?.specification.recipe ?? null,
    model: askingRun?.model.key ?? null,
    state: state.state,
    reason: state.reason,
    ending: isRunOpen ? state.ending : null,
    started_at: state.started_at,
    ended_at: state.ended_at,
    open_seconds: state.open_seconds + (isRunOpen ? Math.max(0, nowMs - Date.parse(state.opened_at)) / 1000 : 0),
    places,
    tasks: {
      total: run.specification.item_count,
      done: progress?.recorded ?? figures?.recorded ?? state.items.recorded,
      failed: progress?.failed ?? figures?.failed ?? state.items.failed,
    },
    samples: askingRun?.specification.samples ?? null,
    rounds: askingRun?.specification.rounds ?? null,
    gives_grids: givesGrids(run),
    in_flight: progress?.ledger.in_flight.count ?? 0,
    waiting_for: progress?.heldBack ?? (isRunOpen ? (progress?.ledger.last_failure?.reason ?? null) : null),
    gate_wait: progress?.gateWait ?? null,
    numbers: figures?.numbers ?? null,
  }
}
