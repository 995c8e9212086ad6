import { listAddresses } from '../../../domain/models/list-addresses.ts'
import type { Model, ModelPrices } from '../../../domain/models/model-spec.ts'
import { isOwnAddress } from './is-own-address.ts'
import { findOpenRouterPrices, readOpenRouterList, type OpenRouterList } from './openrouter-list.ts'

/*
 * A price belongs to the address that charges it. The first of these that knows one is used:
 *
 * 1. `prices` in the registry, whatever the address;
 * 2. for openrouter.ai its own list, if one was fetched (`arcloom models --refresh`), and 0 for names that end in `:free`;
 * 3. for the address of a provider it knows, `@pydantic/genai-prices`, which is data in a package and asks no network;
 * 4. 0 for a local server on this machine or in a private network.
 *
 * Everything else has no price: a proxy in front of a provider, or a rented server, may charge anything.
 */

/** Adds the prices known today to models that have none from the registry. */
export async function priceModels<M extends Model>(models: readonly M[], dataDir: string, now: Date): Promise<M[]> {
  if (models.every(({ prices }) => prices?.source === 'registry')) return [...models]
  const list = await readOpenRouterList(dataDir)
  // Its data is the largest module of all, and few commands need it.
  const genai = await import('./genai-prices.ts')
  return models.map((model) => {
    const { prices, ...unpriced } = model
    if (prices?.source === 'registry') return model
    if (!listAddresses(model).some(genai.isKnownHost))
      return listAddresses(model).every(isOwnAddress) ? model : (unpriced as M)
    const currentPrices = isOpenRouter(model) ? findAtOpenRouter(model, list, findInPackage) : findInPackage(model)
    return { ...unpriced, ...(currentPrices && { prices: currentPrices }) } as M // the same model with other prices
  })

  function findInPackage(model: Pick<Model, 'baseUrl' | 'id'>): ModelPrices | undefined {
    return genai.findGenaiPrices(model, now)
  }
}

function isOpenRouter({ baseUrl }: Model): boolean {
  return /(?:^|\.)openrouter\.ai$/.test(new URL(baseUrl).hostname)
}

function findAtOpenRouter(
  model: Model,
  list: OpenRouterList | undefined,
  findInPackage: (model: Pick<Model, 'baseUrl' | 'id'>) => ModelPrices | undefined,
): ModelPrices | undefined {
  if (list !== undefined) {
    const listed = findOpenRouterPrices(list, model.id)
    // Listed without a fixed price, like `openrouter/auto`: older data knows no better.
    if (listed !== undefined || Object.hasOwn(list.pricing, model.id)) return listed
  }
  return model.id.endsWith(':free') ? freeVariant : findInPackage(model)
}

/** openrouter.ai/docs: the variant `:free` is served at no charge. */
const freeVariant: ModelPrices = {
  promptUsdPerMillion: 0,
  completionUsdPerMillion: 0,
  asOf: '2026-11-27',
  source: 'free-variant',
}
