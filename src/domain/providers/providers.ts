import type { Model } from '../models/model-spec.ts'
import { anthropic } from './anthropic.ts'
import { baseline } from './baseline.ts'
import { local } from './local.ts'
import { openai } from './openai.ts'
import { openrouter } from './openrouter.ts'
import type { Provider } from './provider.ts'

/** The one list of providers: their names in registries, messages and files come from here, in this order. */
const providers = [openrouter, openai, anthropic, local, baseline] as const satisfies readonly Provider[]

export type ModelProvider = (typeof providers)[number]['name']

export const providerNames: readonly ModelProvider[] = providers.map(({ name }) => name)

const providerByName = new Map<string, Provider>(providers.map((provider) => [provider.name, provider]))

/** @throws {RangeError} for a name that a later version may know */
export function findProvider(name: ModelProvider): Provider {
  const provider = providerByName.get(name)
  if (provider === undefined) {
    throw new RangeError(`there is no provider "${name}"; there are ${providerNames.join(', ')}`)
  }
  return provider
}

/**
 * A model's provider as its requests are sent. What reads replies needs only `findProvider`: it tells protocols by the body.
 */
export function findApi({ provider: name, api }: Pick<Model, 'provider' | 'api'>): Provider {
  const provider = findProvider(name)
  return api === 'responses' ? { ...provider, ...provider.responses } : provider
}
