import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { openGates } from '../../adapters/models/gates/create-gates.ts'
import { createPoolGates } from '../../adapters/models/gates/pool/pool-gates.ts'
import { locateGateNotes } from '../../adapters/models/gates/sharing/note-files.ts'
import { createModelClient } from '../../adapters/models/model-client.ts'
import { priceModels } from '../../adapters/models/prices/price-models.ts'
import { readRegistry } from '../../adapters/models/registry/read-registry.ts'
import { isAliveAs, readOwnIdentity, renderProcessIdentity } from '../../adapters/process-identity.ts'
import { createFileBlobs } from '../../adapters/stores/file-blobs.ts'
import type { Config } from '../../config.ts'
import { findProvider } from '../../domain/providers/providers.ts'
import { createDiscussions, type Discussions } from './discussions.ts'

export interface DiscussionsPlaces {
  /** The folder of package.json, with the registry. */
  readonly project: string
  /** The data folder. */
  readonly data: string
  readonly config: Pick<Config, 'apiKey' | 'discussionBudgetUsd' | 'ports'>
}

/** Conversations in `discussions/` of a data folder, with the models of the registry. */
export function openDiscussions({ project, data, config }: DiscussionsPlaces): Discussions {
  const { apiKey, discussionBudgetUsd, ports } = config
  return createDiscussions({
    blobs: createFileBlobs(data),
    models: {
      async list() {
        const registry = await priceModels(await readRegistry(project), data, new Date())
        // The stack's own model may have another port than the registry says.
        return registry.map((model) =>
          findProvider(model.provider).runsHere
            ? { ...model, baseUrl: `http://127.0.0.1:${ports.baseline}/v1` }
            : model,
        )
      },
      hasKey: ({ apiKeyVariable }) => apiKeyVariable === undefined || Boolean(apiKey(apiKeyVariable)),
      client: createModelClient({ apiKey }),
      // Ended with the process: what it holds by then expires.
      gateOf: createPoolGates(openGates(locateGateNotes({ stateDir: join(data, '.state') })).of),
    },
    budgetUsd: discussionBudgetUsd,
    createId: randomUUID,
    now: () => new Date(),
    by: renderProcessIdentity(readOwnIdentity()),
    isAlive: isAliveAs,
  })
}
