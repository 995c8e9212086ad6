import { listNearNames } from '../../../domain/list-near-names.ts'
import type { Model } from '../../../domain/models/model-spec.ts'
import { findProvider, providerNames } from '../../../domain/providers/providers.ts'
import { completeModel } from './registry-schema.ts'

/** One model per key, in the order of the files. */
export type Registry = readonly Model[]

/** A name that is neither a key of the registry nor `provider/model-id`. */
export class UnknownModel extends Error {
  override readonly name = 'UnknownModel'
  readonly modelName: string

  constructor(modelName: string, keys: readonly string[]) {
    const near = listNearNames(modelName, keys)
    const remote = providerNames.filter((provider) => !findProvider(provider).runsHere)
    const hint = near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`
    super(
      `There is no model "${modelName}".${hint} Configured: ${keys.join(', ')}. Name others as provider/model-id ` +
        `(${remote.join(', ')}), such as openrouter/google/gemini-2.5-flash, or add them to arcloom.models.json.`,
    )
    this.modelName = modelName
  }
}

/**
 * Finds a model by a name as people type it: a key, or `provider/model-id`, which needs no entry and takes prices and limits from
 * a matching entry if there is one.
 *
 * @throws {UnknownModel} with the nearest keys.
 */
export function findModel(registry: Registry, name: string): Model {
  const model = registry.find((model) => model.key === name)
  if (model) return model
  const slash = name.indexOf('/')
  const provider = providerNames.find((provider) => provider === name.slice(0, slash))
  const id = name.slice(slash + 1)
  if (slash < 0 || provider === undefined || id === '') {
    throw new UnknownModel(
      name,
      registry.map((model) => model.key),
    )
  }
  const siblings = registry.filter((model) => model.provider === provider)
  const entry = siblings.find((model) => model.id === id)
  // Each model of a provider carries the provider's settings.
  return entry ?? completeModel(name, { provider, id }, siblings[0]?.providerLimits)
}
