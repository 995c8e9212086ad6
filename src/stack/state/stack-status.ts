import type { ProcessIdentity } from '../../adapters/process-identity.ts'
import type { PartName } from '../parts/part.ts'
import type { KeyFingerprints } from './key-fingerprints.ts'

/**
 * starting → running → (dies) restarting → running …
 * starting, restarting → failed, if it died several times before it was ready; still retried, less and less often.
 * `external` is a part that somebody else runs: never started, stopped or changed.
 */
export type PartState = 'starting' | 'running' | 'restarting' | 'failed' | 'external' | 'ending'

export interface PartStatus {
  readonly state: PartState
  /** When it entered this state, or last failed; milliseconds since 1970. */
  readonly since: number
  /** When the attempt that led to this state began. Later fixes are not reflected in it. */
  readonly triedAt: number
  readonly restarts: number
  readonly identity?: ProcessIdentity
  /** Fingerprints of the keys it was started with. */
  readonly keys?: KeyFingerprints
  /** Hash of the code it was started from; absent for programs that are not ours. */
  readonly code?: string
  /** Whether this server started with an empty database, because its own was damaged: it knows no earlier run. */
  readonly isEmpty?: boolean
  /** Why it is not running, in words. */
  readonly lastError?: string
  /** What a person can do about it. */
  readonly mend?: string
}

export interface StackAddresses {
  readonly temporal: string
  readonly namespace: string
  /** Unknown for an external server. */
  readonly temporalUi?: string
  readonly baseline: string
  readonly page: string
}

/** The content of `supervisor.json`. */
export interface StackStatus {
  readonly identity: ProcessIdentity
  readonly startedAt: string
  readonly version: string
  /** It is ending its parts and then itself, and accepts nothing new. */
  readonly ending: boolean
  readonly addresses: StackAddresses
  /** What a person should know about how this stack was started, in whole sentences. */
  readonly notes: readonly string[]
  readonly parts: Readonly<Partial<Record<PartName, PartStatus>>>
}

export function isServing({ state }: PartStatus): boolean {
  return state === 'running' || state === 'external'
}
