import type { Model } from '../models/model-spec.ts'
import { findRecipe } from '../recipes/find-recipe.ts'
import { limitsOfOldRuns, type ProgramLimits } from './program-limits.ts'
import type { ReadingFault } from './program-to-verify.ts'
import type { SandboxProof } from './record.ts'
import type { AskingSpecification, Controls, RunScope, VerificationSpecification } from './specification.ts'

/** `run.json`: what a run is and where it came from. Written once, before anything starts. */
export type RunRecord = AskingRun | VerificationRun

interface Origin {
  readonly run_id: string
  /** Shared by runs started together, one per model; a single run is its own group. */
  readonly group: string
  readonly created_at: string
  readonly specification_hash: string
  /** Where the items were read from. The run never opens these again; an export looks for an evaluation set beside them. */
  readonly datasets: readonly { readonly path: string; readonly items: number }[]
  readonly versions: Readonly<Record<string, string>>
  /** As this machine's worker had it when the run was created; null if another machine runs the programs. */
  readonly sandbox?: SandboxProof | null
  /** Limits of its programs. Absent from runs created before they could be set. */
  readonly limits?: ProgramLimits
  /** For a run that asks the baseline: how long it searches for an answer, as its server reported when the run was created. */
  readonly baseline?: { readonly seconds: number }
}

/** A benchmark or a generation run: asks a model. */
export interface AskingRun extends Origin {
  readonly specification: AskingSpecification
  /** The registry's entry at the time: address, prices with their date, limits; the name of the key, never the key. */
  readonly model: Model
}

/** Runs given programs. */
export interface VerificationRun extends Origin {
  readonly specification: VerificationSpecification
  /** Entries of the file that could not be read: they are in none of the run's numbers. */
  readonly faults: readonly ReadingFault[]
  /** Absolute path of the results file; null: in the data folder. */
  readonly output: string | null
}

export function isVerification(run: RunRecord): run is VerificationRun {
  return run.specification.kind === 'verification'
}

/** Whether its samples give grids, which are right or wrong: explanations give none. */
export function givesGrids(run: RunRecord): boolean {
  return isVerification(run) || findRecipe(run.specification.recipe).asksFor !== 'explanation'
}

/** The limits of a run's programs. */
export function limitsOf(run: RunRecord): ProgramLimits {
  return run.limits ?? limitsOfOldRuns
}

/** @throws {TypeError} for a run that asks no model. */
export function needAskingRun(run: RunRecord): AskingRun {
  if (isVerification(run)) throw new TypeError(`run ${run.run_id} asks no model`)
  return run
}

/**
 * running → complete | interrupted | cancelled | budget-reached | failed; running ⇄ paused.
 * Every ended state except `complete` can be resumed, and is then `running` again.
 */
export const runStateNames = [
  'running',
  'paused',
  'complete',
  'interrupted',
  'cancelled',
  'budget-reached',
  'failed',
] as const

export type RunStateName = (typeof runStateNames)[number]

export function isOpen(state: RunStateName): boolean {
  return state === 'running' || state === 'paused'
}

/** `state.json`: the one file of a run that is rewritten. Its writers are the run's own store activities and the client that starts it. */
export interface RunState {
  readonly state: RunStateName
  /** Why it ended, in words, if that is not obvious from the state: the provider's refusal, for example. */
  readonly reason: string | null
  /** Set while the run is being ended: nothing new is sent, and with `cancel` requests in flight are cut off. */
  readonly ending: 'interrupt' | 'cancel' | null
  readonly controls: Controls
  readonly items: { readonly total: number; readonly recorded: number; readonly failed: number }
  /** Sum of the periods in which it was open. */
  readonly open_seconds: number
  readonly started_at: string
  /** When it was last opened: by its start, or by the latest resume. */
  readonly opened_at: string
  /** Which items this opening continues with, whoever restarts its workflow. Absent: all without a record. */
  readonly scope?: RunScope
  readonly ended_at: string | null
  readonly updated_at: string
  readonly results_file: string | null
  readonly report_file: string | null
  readonly temporal: { readonly namespace: string; readonly workflow_id: string; readonly run_id: string } | null
}

/** `failures/<item key>.json`: an item that failed for reasons other than the model. Removed once the item is recorded. */
export interface ItemFailure {
  readonly item: string
  readonly reason: string
  readonly at: string
}
