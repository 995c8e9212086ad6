import { createDiscussionLedger, type DiscussionLedger } from '../../adapters/discussions/discussion-ledger.ts'
import { createDiscussionStore, type DiscussionStore } from '../../adapters/discussions/discussion-store.ts'
import type { Blobs } from '../../adapters/stores/blobs.ts'
import { createDiscussing, type Discussing } from './create-discussing.ts'
import type { DiscussionModels } from './discussion-models.ts'

/** Everything that the routes of discussions work on. */
export interface Discussions {
  readonly store: DiscussionStore
  readonly ledger: DiscussionLedger
  readonly models: DiscussionModels
  readonly discussing: Discussing
  readonly budgetUsd: number
  readonly createId: () => string
  readonly now: () => Date
}

export interface DiscussionsOptions {
  /** Of the data folder. */
  readonly blobs: Blobs
  readonly models: DiscussionModels
  readonly budgetUsd: number
  readonly createId: () => string
  readonly now: () => Date
  /** Names this process. */
  readonly by: string
  /** Whether a process so named still runs. */
  readonly isAlive: (by: string) => boolean
}

export function createDiscussions({ blobs, by, isAlive, ...options }: DiscussionsOptions): Discussions {
  const store = createDiscussionStore(blobs)
  const ledger = createDiscussionLedger(blobs)
  return { ...options, store, ledger, discussing: createDiscussing({ ...options, store, ledger, by }, isAlive) }
}
