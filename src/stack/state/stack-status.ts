import type { ProcessIdentity } from '../../adapters/process-identity.ts'
import type { PartName } from '../parts/part.ts'
import type { KeyMarks } from './key-marks.ts'

/**
 * starting → running → (dies) restarting → running …
 * starting, restarting → failed, when it died several times without ever serving; it is still tried, more and more seldom.
 * `external` is a part that somebody else runs: never started, stopped or changed.
 */
export type PartState = 'starting' | 'running' | 'restarting' | 'failed' | 'external' | 'ending'

export interface PartStatus {
  readonly state: PartState
  /** When it entered this state, or last failed; milliseconds since 1970. */
  readonly since: number
  /** When the attempt began that it owes this state to. What was mended after that does not show in it. */
  readonly triedAt: number
  readonly restarts: number
  readonly identity?: ProcessIdentity
  /** Which keys it was started with. */
  readonly keys?: KeyMarks
  /** Hash of the code that it was started from; not known of a program that is not ours. */
  readonly code?: string
  /** Whether this server began with an empty database, since its own was damaged: it knows of no run from before. */
  readonly isEmpty?: boolean
  /** Why it is not running, in words. */
  readonly lastError?: string
  /** What a person can do about it. */
  readonly mend?: string
}

export interface StackAddresses {
  readonly temporal: string
  readonly namespace: string
  /** Not known of a server that somebody else runs. */
  readonly temporalUi?: string
  readonly baseline: string
  readonly page: string
}

/** `supervisor.json`. */
export interface StackStatus {
  readonly identity: ProcessIdentity
  readonly startedAt: string
  readonly version: string
  /** Nothing new is asked of it: it ends its parts, and then itself. */
  readonly ending: boolean
  readonly addresses: StackAddresses
  /** What a person should know of how this stack was started, in whole sentences. */
  readonly notes: readonly string[]
  readonly parts: Readonly<Partial<Record<PartName, PartStatus>>>
}

export function isServing({ state }: PartStatus): boolean {
  return state === 'running' || state === 'external'
}
