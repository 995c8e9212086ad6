import type { Controls, Specification } from './specification.ts'
import type { Model } from './model-spec.ts'

/** `run.json`: what a run is and where it came from. Written once, before anything starts. */
export interface RunRecord {
  readonly run_id: string
  /** Runs started together, one per model, share it; a run alone is its own group. */
  readonly group: string
  readonly created_at: string
  readonly specification: Specification
  readonly specification_hash: string
  /** The registry's entry as it stood: address, prices with their date, limits; the name of the key, never the key. */
  readonly model: Model
  /** Where the items were read, for people: the path is never opened again. */
  readonly datasets: readonly { readonly path: string; readonly items: number }[]
  readonly versions: Readonly<Record<string, string>>
}

/**
 * running → complete | interrupted | cancelled | budget-reached | failed; running ⇄ paused.
 * Every ended state but `complete` can be resumed, and is `running` again then.
 */
export type RunStateName = 'running' | 'paused' | 'complete' | 'interrupted' | 'cancelled' | 'budget-reached' | 'failed'

export function isOpen(state: RunStateName): boolean {
  return state === 'running' || state === 'paused'
}

/** `state.json`: the one file of a run that is rewritten. Its writers are the run's own store activities and the client that starts it. */
export interface RunState {
  readonly state: RunStateName
  /** Why it ended, in words, where that is not plain from the state: the provider's refusal, say. */
  readonly reason: string | null
  /** Set while the run is being ended: nothing new is sent, and with `cancel` what is in flight is cut. */
  readonly ending: 'interrupt' | 'cancel' | null
  readonly controls: Controls
  readonly items: { readonly total: number; readonly recorded: number; readonly failed: number }
  /** Sums over the periods in which it was open. */
  readonly open_seconds: number
  readonly started_at: string
  /** When it was last opened: by its start, or by the newest resume. */
  readonly opened_at: string
  readonly ended_at: string | null
  readonly updated_at: string
  readonly results_file: string | null
  readonly report_file: string | null
  readonly temporal: { readonly namespace: string; readonly workflow_id: string; readonly run_id: string } | null
}

/** `failures/<item key>.json`: an item that failed for reasons that are not the model's. Gone once the item is recorded. */
export interface ItemFailure {
  readonly item: string
  readonly reason: string
  readonly at: string
}
