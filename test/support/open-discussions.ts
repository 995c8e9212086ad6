import { randomUUID } from 'node:crypto'
import { createGates } from '../../src/adapters/models/gates/create-gates.ts'
import { createModelClient } from '../../src/adapters/models/model-client.ts'
import type { Blobs } from '../../src/adapters/stores/blobs.ts'
import { createMemoryBlobs } from '../../src/adapters/stores/memory-blobs.ts'
import { createDiscussions, type Discussions } from '../../src/api/discussions/discussions.ts'
import type { Model } from '../../src/domain/models/model-spec.ts'

export const testKey = 'sk-test-0123456789abcdef'

/** A model with a price and a key, at a provider of a test's own. */
export function buildDiscussionModel(baseUrl: string, change: Partial<Model> = {}): Model {
  return {
    key: 'FAKE',
    provider: 'openai',
    id: 'fake-1',
    baseUrl,
    apiKeyVariable: 'FAKE_KEY',
    prices: { promptUsdPerMillion: 1, completionUsdPerMillion: 10, asOf: '2026-01-01' },
    limits: {},
    defaults: { maxTokens: 1_000 },
    username: 'fake',
    ...change,
  }
}

interface Given {
  readonly models: readonly Model[]
  readonly budgetUsd?: number
  /** In memory by default. */
  readonly blobs?: Blobs
  /** Names the process; those named otherwise are dead. */
  readonly by?: string
}

/** Conversations with given models, of which only `NO_KEY` has no key. */
export function openTestDiscussions({
  models,
  budgetUsd = 1,
  blobs = createMemoryBlobs(),
  by = 'this',
}: Given): Discussions {
  return createDiscussions({
    blobs,
    models: {
      list: async () => models,
      hasKey: ({ apiKeyVariable }) => apiKeyVariable !== 'NO_KEY',
      client: createModelClient({ apiKey: () => testKey }),
      gateOf: createGates(),
    },
    budgetUsd,
    createId: randomUUID,
    now: () => new Date(),
    by,
    isAlive: (process) => process === by,
  })
}
