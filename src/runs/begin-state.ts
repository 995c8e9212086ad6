import type { RunState } from '../domain/runs/run.ts'
import type { Controls } from '../domain/runs/specification.ts'

/** The initial state of a run. */
export function beginState(controls: Controls, items: number, at: string): RunState {
  return {
    state: 'running',
    reason: null,
    ending: null,
    controls,
    items: { total: items, recorded: 0, failed: 0 },
    open_seconds: 0,
    started_at: at,
    opened_at: at,
    ended_at: null,
    updated_at: at,
    results_file: null,
    report_file: null,
    temporal: null,
  }
}
