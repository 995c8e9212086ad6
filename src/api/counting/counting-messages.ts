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
}

/** A damaged run travels as data: an error loses its class and its fields between threads. */
export type CountingReply =
  | { readonly id: number; readonly outcome: 'answered'; readonly answer: unknown }
  | {
      readonly id: number
      readonly outcome: 'damaged'
      readonly fault: Pick<DamagedRun, 'runId' | 'file' | 'place' | 'problem'>
    }
  | { readonly id: number; readonly outcome: 'failed'; readonly message: string }
