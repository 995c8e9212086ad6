import type { GridEncoding } from '../grids/render-grid.ts'
import type { Sampling } from '../models/model-spec.ts'
import type { RecipeName } from '../recipes/recipe.ts'
import type { BatchRetry } from './batches/batch.ts'
import type { ProgramLimits } from './program-limits.ts'
import type { SandboxChoice } from './sandbox-choice.ts'

/**
 * What a run *is*. Two runs with equal specifications do the same work; a run attaches to another with its name only if these
 * are equal. Addresses, paths, prices and controls are not part of it.
 */
export type Specification = AskingSpecification | VerificationSpecification

export type RunKind = Specification['kind']

interface Work {
  /** `none` if programs run unprotected, which makes their results worth less. Absent in nearly all runs: `auto`. */
  readonly sandbox?: Exclude<SandboxChoice, 'auto'>
  /** Limits of its programs, if a person set them: verdicts depend on them. Otherwise absent; `run.json` has them in either case. */
  readonly limits?: ProgramLimits
}

/** The same questions of the same model. */
export interface AskingSpecification extends Work {
  readonly kind: 'benchmark' | 'generation'
  readonly recipe: RecipeName
  readonly recipe_version: number
  /** Hash of the recipe's messages for a fixed small task, with more rounds also for fixed tries: changes with any wording. */
  readonly prompt_hash: string
  /** How the prompt writes grids; `json` in runs from before there was a choice. */
  readonly grid_encoding?: GridEncoding
  readonly model: { readonly provider: string; readonly id: string }
  readonly sampling: Sampling
  /** Best-of-N: how many samples each item gets. */
  readonly samples: number
  /** Maximum requests per sample; 1 is the first request alone. */
  readonly rounds: number
  /** Who decides what is asked next, where a person chose it. Absent otherwise, and then `rounds` tells (`nameSolver`). */
  readonly solver?: string
  /** Hash over the keys and content hashes of all items, in order. */
  readonly items_hash: string
  readonly item_count: number
}

/** The same programs, to be run again on the same tasks. */
export interface VerificationSpecification extends Work {
  readonly kind: 'verification'
  /** Names of the function to call, in order of preference. */
  readonly entry_points: readonly string[]
  /** Hash over the programs of every item, in order. */
  readonly programs_hash: string
  readonly program_count: number
  readonly items_hash: string
  readonly item_count: number
}

/**
 * Which items an opening of a run continues with: all without a record, only the failed ones, or those and the
 * recorded ones with a rejected request.
 */
export const runScopes = ['remaining', 'failed', 'rejected'] as const

export type RunScope = (typeof runScopes)[number]

/** What may differ between two attachments to one run, and may change while it is open. */
export interface Controls {
  /** The window: maximum number of items open at once. */
  readonly max_concurrent_tasks: number
  /** Maximum number of requests in flight at once. Absent: only the limits of the model apply. */
  readonly max_concurrent_requests?: number
  /** Number of finished items between checkpoints. */
  readonly save_interval: number
  readonly budget_usd: number | null
  /** False if answers are asked for whole; absent or true if as streams, from models that can. */
  readonly stream?: boolean
  /** Set if questions are asked in batches: how those that fail in one are asked again. */
  readonly batch?: BatchRetry
}

/** An open item has no request in flight while its programs run, so more are open than requests are wanted. */
const tasksPerRequest = 1.25
export const maxTasksAtOnce = 1_000

/** How many items may be open so that this many requests can be in flight. */
export function tasksForRequests(requests: number): number {
  return Math.min(maxTasksAtOnce, Math.ceil(requests * tasksPerRequest))
}

/** Used if nothing else is requested. */
export const defaultControls: Controls = { max_concurrent_tasks: 5, save_interval: 10, budget_usd: null }

/** The differences between two specifications in words, one per field: `samples: 2, not 4`. */
export function describeDifferences(stored: Specification, requested: Specification): string[] {
  const a = flatten(stored)
  const b = flatten(requested)
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((field) => a.get(field) !== b.get(field))
    .map((field) => `${field}: ${a.get(field) ?? 'unset'}, not ${b.get(field) ?? 'unset'}`)
}

function flatten(value: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(value).flatMap(([key, part]: [string, unknown]) =>
      typeof part === 'object' && part !== null
        ? [...flatten(part, `${prefix}${key}.`)]
        : [[`${prefix}${key}`, JSON.stringify(part)] as const],
    ),
  )
}
