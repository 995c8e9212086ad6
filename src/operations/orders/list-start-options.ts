import { findKeyFlaw } from '../../adapters/models/http/find-key-flaw.ts'
import { priceModels } from '../../adapters/models/prices/price-models.ts'
import { readRegistry } from '../../adapters/models/registry/read-registry.ts'
import type { Config } from '../../config.ts'
import type { ModelPrices } from '../../domain/models/model-spec.ts'
import { defaultControls } from '../../domain/runs/specification.ts'
import { listOrderDatasets, type OrderDataset } from './list-order-datasets.ts'
import { listOrderRules, orders, type RunOrder } from './run-order.ts'

/** What a form for starting runs offers. */
export interface StartOptions {
  readonly orders: readonly Pick<RunOrder, 'kind' | 'recipe'>[]
  readonly models: readonly OfferedModel[]
  readonly datasets: readonly OrderDataset[]
  /** The flags' rules, by their names with underscores. */
  readonly flags: Readonly<Record<string, OfferedFlag>>
}

interface OfferedModel {
  readonly key: string
  readonly provider: string
  readonly id: string
  readonly prices: ModelPrices | null
  /** Its default limit of an answer, in tokens. */
  readonly max_tokens: number | null
  /** Why it cannot be asked here, in words: the variable of its key is not set. Null if it can. */
  readonly missing: string | null
}

interface OfferedFlag {
  readonly flags: string
  readonly description: string
  readonly choices: readonly string[] | null
  /** As it would be typed; null if there is none. */
  readonly default: string | null
}

const defaults: Readonly<Record<string, number>> = {
  maxConcurrentTasks: defaultControls.max_concurrent_tasks,
  saveInterval: defaultControls.save_interval,
}

export async function listStartOptions(config: Config): Promise<StartOptions> {
  const [registry, datasets] = await Promise.all([readRegistry(config.projectRoot), listOrderDatasets(config)])
  const priced = await priceModels(registry, config.dataDir, new Date())
  const models = priced.map(({ key, provider, id, prices, defaults: sampling, apiKeyVariable }) => ({
    key,
    provider,
    id,
    prices: prices ?? null,
    max_tokens: sampling.maxTokens ?? null,
    missing: apiKeyVariable === undefined ? null : findMissing(config, apiKeyVariable),
  }))
  const flags = Object.entries(listOrderRules({ recipe: 'code' })).map(
    ([field, { flags, description, choices, default: standard = defaults[field] }]) => [
      field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      {
        flags,
        description,
        choices: choices ?? null,
        default: standard === undefined ? null : String(standard),
      },
    ],
  )
  return { orders, models, datasets, flags: Object.fromEntries(flags) as StartOptions['flags'] }
}

/** Names the variable; the key itself stays where it is. */
function findMissing({ apiKey }: Config, variable: string): string | null {
  const key = apiKey(variable)
  if (!key) return `${variable} is not set`
  const flaw = findKeyFlaw(key)
  return flaw === undefined ? null : `${variable} cannot be sent: ${flaw}`
}
