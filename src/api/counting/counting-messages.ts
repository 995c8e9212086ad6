import type { DamagedRun } from '../../adapters/stores/run-store.ts'
import type { RunCounting } from './run-counting.ts'

/** What the counting thread is started with. */
export interface CountingThreadData {
  readonly dataDir: string
  /** As `recallNumbers` takes it. */
  readonly code: string
}

export interface CountingRequest {
  readonly id: number
  readonly question: keyof RunCounting
  readonly runId: string
  /** The version of the answer that whoever asks still has. */
  readonly knownVersion: number | undefined
}

/** A damaged run travels as data: an error loses its class and its fields between threads. */
export type CountingReply =
  | { readonly id: number; readonly outcome: 'answered'; readonly answer: object; readonly version: number }
  /** It is still the known version: matrices of 10,000 tasks are not sent to and fro. */
  | { readonly id: number; readonly outcome: 'unchanged' }
  | {
      readonly id: number
      readonly outcome: 'damaged'
      readonly fault: Pick<DamagedRun, 'runId' | 'file' | 'place' | 'problem'>
    }
  | { readonly id: number; readonly outcome: 'failed'; readonly message: string }
