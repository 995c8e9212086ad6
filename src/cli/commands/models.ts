import { Command } from 'commander'
import { fetchOpenRouterList, openRouterModelsUrl } from '../../adapters/models/prices/fetch-openrouter-list.ts'
import { putOpenRouterList } from '../../adapters/models/prices/openrouter-list.ts'
import { priceModels } from '../../adapters/models/prices/price-models.ts'
import { readRegistry } from '../../adapters/models/registry/read-registry.ts'
import { count } from '../../domain/count.ts'
import type { ModelPrices } from '../../domain/models/model-spec.ts'
import { createContext, type CliContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { endWith } from '../terminal/end-with.ts'
import { fitTable } from '../terminal/render-table.ts'

interface ModelsFlags {
  readonly json?: boolean
  /** `true` without a source. */
  readonly refresh?: string | true
}

export function createModelsCommand(): Command {
  return new Command('models')
    .description('list the model registry: prices and where they come from, and whether a key is set')
    .option(
      '--refresh [SOURCE]',
      `fetch OpenRouter’s prices and store them; SOURCE is a saved list or another address (default: ${openRouterModelsUrl})`,
    )
    .addOption(createJsonFlag())
    .action((flags: ModelsFlags) => endWith(listModels(flags)))
}

async function listModels({ json, refresh }: ModelsFlags): Promise<ExitCode> {
  const context = createContext()
  const { config, print, columns } = context
  if (refresh !== undefined) await refreshPrices(context, refresh === true ? openRouterModelsUrl : refresh)
  const registry = await readRegistry(config.projectRoot)
  const priced = await priceModels(registry, config.dataDir, new Date())
  const models = priced.map((model) => ({
    ...model,
    keyPresent: model.apiKeyVariable === undefined || Boolean(config.apiKey(model.apiKeyVariable)),
  }))
  if (json) {
    print(JSON.stringify(models, null, 2))
    return exitCodes.complete
  }
  const rows = models.map(({ key, provider, id, baseUrls, prices, apiKeyVariable, keyPresent }) => [
    key,
    provider,
    `${id}${baseUrls === undefined ? '' : ` (${count(baseUrls.length, 'server')})`}`,
    prices === undefined ? '–' : `${prices.promptUsdPerMillion} / ${prices.completionUsdPerMillion}`,
    prices === undefined ? 'unknown' : renderSource(prices),
    apiKeyVariable === undefined ? 'none needed' : `${apiKeyVariable} ${keyPresent ? 'is set' : 'is not set'}`,
  ])
  print(fitTable(['key', 'provider', 'model', '$ per million, in / out', 'price from', 'API key'], rows, columns))
  return exitCodes.complete
}

async function refreshPrices({ config, note }: CliContext, source: string): Promise<void> {
  const list = await fetchOpenRouterList(source, new Date())
  const file = await putOpenRouterList(config.dataDir, list)
  note(`Stored the prices of ${Object.keys(list.pricing).length} names of models in ${file}.`)
}

function renderSource({ source = 'registry', asOf }: ModelPrices): string {
  return source === 'own-machine' ? 'own machine' : `${source} ${asOf}`
}
