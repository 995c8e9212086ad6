import type { ProcessIdentity } from '../../adapters/process-identity.ts'
import type { Environment } from '../../config.ts'
import type { KeyMarks } from '../state/key-marks.ts'
import type { UiTarget } from './ui-guard.ts'

/** In the order in which they are started; they end the other way round, worker first. */
export const partNames = ['server', 'worker', 'baseline', 'page'] as const

export type PartName = (typeof partNames)[number]

/** What the stack calls its parts when it talks to people. */
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
  /** What a person should know of this start, in whole sentences. */
  readonly note?: string
}

/** What others need to know of a process, kept in the part's file for as long as it lives. */
export interface LaunchFacts {
  /** Of those keys that it uses. */
  readonly keys?: KeyMarks
  /** Hash of the code that it runs. */
  readonly code?: string
  /** Where the server's own UI listens. */
  readonly ui?: UiTarget
  /** Whether the server began with an empty database, since its own was damaged. */
  readonly isEmpty?: boolean
}

/** One process that the supervisor keeps alive. */
export interface PartSpec {
  readonly name: PartName
  /**
   * Asked before each start.
   *
   * @param lastWords of the process before this one, if it ended without ever having served
   * @returns `external` when somebody else runs it and it serves.
   * @throws {StackFailed} when it cannot be started at all.
   */
  readonly plan: (lastWords?: string) => Promise<Launch | 'external'>
  /** Whether the process that was started serves now; asked again and again until it does. */
  readonly isReady: (identity: ProcessIdentity) => Promise<boolean>
  /** How long it may take to end by itself once it is asked to. */
  readonly graceMs: number
}

/** For our own processes. `node:sqlite`, which locks files, may still be announced as experimental; other warnings show. */
export const nodeFlags: readonly string[] = ['--disable-warning=ExperimentalWarning']

export function listParts<Value>(parts: Readonly<Partial<Record<PartName, Value>>>): [PartName, Value][] {
  return partNames.flatMap((name): [PartName, Value][] => {
    const part = parts[name]
    return part === undefined ? [] : [[name, part]]
  })
}
