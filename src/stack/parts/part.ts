import type { ProcessIdentity } from '../../adapters/process-identity.ts'
import type { Environment } from '../../config.ts'
import type { KeyFingerprints } from '../state/key-fingerprints.ts'
import type { UiTarget } from './ui-guard.ts'

/** In start-up order; they end in reverse, worker first. */
export const partNames = ['server', 'worker', 'baseline', 'page'] as const

export type PartName = (typeof partNames)[number]

/** The parts' names in messages. */
export const partTitles: Readonly<Record<PartName, string>> = {
  server: 'Temporal server',
  worker: 'worker',
  baseline: 'baseline model',
  page: 'page',
}

export interface Launch {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Environment
  readonly facts?: LaunchFacts
  /** What a person should know about this start, in whole sentences. */
  readonly note?: string
}

/** What others need to know about a process, kept in the part's file while it lives. */
export interface LaunchFacts {
  /** Fingerprints of the keys it uses. */
  readonly keys?: KeyFingerprints
  /** Hash of its code. */
  readonly code?: string
  /** Where the server's own UI listens. */
  readonly ui?: UiTarget
  /** Whether the server started with an empty database, because its own was damaged. */
  readonly isEmpty?: boolean
}

/** A process that the supervisor keeps alive. */
export interface PartSpec {
  readonly name: PartName
  /**
   * Called before each start.
   *
   * @param lastWords of the previous process, if it ended before it was ready
   * @returns `external` if somebody else runs it and it is ready
   * @throws {StackFailed} if it cannot be started at all
   */
  readonly plan: (lastWords?: string) => Promise<Launch | 'external'>
  /** Whether the started process is ready; polled until it is. */
  readonly isReady: (identity: ProcessIdentity) => Promise<boolean>
  /** How long it may take to end by itself when asked to. */
  readonly graceMs: number
}

/** For our own processes. `node:sqlite`, which locks files, may still print an experimental warning; other warnings show. */
export const nodeFlags: readonly string[] = [
  '--disable-warning=ExperimentalWarning',
  `--import=${new URL('cache-compiled-code.ts', import.meta.url).href}`,
]

export function listParts<Value>(parts: Readonly<Partial<Record<PartName, Value>>>): [PartName, Value][] {
  return partNames.flatMap((name): [PartName, Value][] => {
    const part = parts[name]
    return part === undefined ? [] : [[name, part]]
  })
}
