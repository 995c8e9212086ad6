import { Command } from 'commander'
import { readRegistry } from '../../adapters/models/read-registry.ts'
import { createContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { endWith } from '../terminal/end-with.ts'
import { fitTable } from '../terminal/render-table.ts'

export function createModelsCommand(): Command {
  return new Command('models')
    .description('list the model registry: prices, limits, and whether a key is set')
    .addOption(createJsonFlag())
    .action((flags: { json?: boolean }) => endWith(listModels(flags.json)))
}

async function listModels(json: boolean | undefined): Promise<ExitCode> {
  const { config, print, columns } = createContext()
  const registry = await readRegistry(config.projectRoot)
  const models = registry.map((model) => ({
    ...model,
    keyPresent: model.apiKeyVariable === undefined || Boolean(config.apiKey(model.apiKeyVariable)),
  }))
  if (json) {
    print(JSON.stringify(models, null, 2))
    return exitCodes.complete
  }
  const rows = models.map(({ key, provider, id, prices, apiKeyVariable, keyPresent }) => [
    key,
    provider,
    id,
    prices === undefined ? '–' : `${prices.promptUsdPerMillion} / ${prices.completionUsdPerMillion} (${prices.asOf})`,
    apiKeyVariable === undefined ? 'none needed' : `${apiKeyVariable} ${keyPresent ? 'is set' : 'is not set'}`,
  ])
  print(fitTable(['key', 'provider', 'model', '$ per million tokens, in / out', 'API key'], rows, columns))
  return exitCodes.complete
}
