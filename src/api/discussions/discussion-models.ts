import type { Gate } from '../../adapters/models/gates/gate.ts'
import type { ModelClient } from '../../adapters/models/model-client.ts'
import type { Model } from '../../domain/models/model-spec.ts'

/** The models that people may discuss with. Nothing here reveals a key. */
export interface DiscussionModels {
  /** The registry, read anew: people add models while the page is open. */
  list(): Promise<readonly Model[]>
  hasKey(model: Model): boolean
  readonly client: ModelClient
  readonly gateOf: (model: Model) => Gate
}
