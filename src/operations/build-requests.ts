import { join, resolve } from 'node:path'
import { readDataset, type DatasetReading } from '../adapters/datasets/read-dataset.ts'
import { quotePath, showFault } from '../adapters/files/show-file.ts'
import { findKeyFlaw } from '../adapters/models/find-key-flaw.ts'
import { priceModels } from '../adapters/models/prices/price-models.ts'
import { findModel, readRegistry } from '../adapters/models/read-registry.ts'
import { readVersions } from '../adapters/read-versions.ts'
import type { Config } from '../config.ts'
import { count } from '../domain/count.ts'
import type { Model, Sampling } from '../domain/models/model-spec.ts'
import { findProvider } from '../domain/providers/providers.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import type { RecipeName } from '../domain/recipes/recipe.ts'
import { defaultControls, type AskingSpecification } from '../domain/runs/specification.ts'
import { UsageError } from '../domain/usage-error.ts'
import type { RunRequest } from '../runs/prepare-run.ts'
import { chooseTasks } from './choose-tasks.ts'
import { checkName, maxItems, readControls, readLimitFlags, type RunFlags } from './run-flags.ts'

/** Checks everything a person typed and reads the files it names; starts and stores nothing. One request per model. */
export async function buildRequests(
  config: Config,
  kind: AskingSpecification['kind'],
  recipe: RecipeName,
  flags: RunFlags,
): Promise<RunRequest[]> {
  const { model: names = [] } = flags
  if (names.length === 0) {
    throw new UsageError(
      '--model is required: a model from the registry (npx arcloom models lists them), or provider/model-id.',
    )
  }
  if (flags.name !== undefined) checkName(flags.name)
  if (flags.name !== undefined && names.length > 1) throw new UsageError('--name works with a single --model only.')
  checkRounds(recipe, flags)
  const registry = await readRegistry(config.projectRoot)
  const registered = names.map((name) => findModel(registry, name))
  checkBaseUrl(registered, flags)
  const redirected = registered.map((model) => redirect(model, flags))
  const priced = await priceModels(redirected, config.dataDir, new Date())
  const models = priced.map((model) => checkModel(config, model, flags))
  const datasets = await readDatasets(config, flags)
  const tasks = chooseTasks(
    datasets.flatMap((reading) => reading.tasks),
    flags,
  )
  if (tasks.length > maxItems) {
    throw new UsageError(
      `${count(tasks.length, 'task')} are too many for one run; the maximum is ${maxItems}. Select some with --tasks START:END.`,
    )
  }
  const versions = await readVersions(config.projectRoot)
  return models.map((model) => ({
    kind,
    recipe,
    model,
    sampling: readSampling(flags),
    gridEncoding: flags.gridEncoding,
    samples: flags.bestOf,
    rounds: flags.rounds,
    solver: flags.solver,
    datasets,
    tasks,
    controls: { ...defaultControls, ...readControls(flags) },
    sandbox: flags.sandbox,
    limits: readLimitFlags(flags),
    name: flags.name,
    versions,
  }))
}

/** A task's history holds each request with its start and its end, and must stay below Temporal's limit. */
const maxRequestsPerItem = 1_600

function checkRounds(recipe: RecipeName, { rounds, bestOf }: RunFlags): void {
  if (rounds > 1 && findRecipe(recipe).renderFeedback === undefined) {
    throw new UsageError(`--rounds ${rounds}: the ${recipe} recipe has no feedback rounds; only 1 is allowed.`)
  }
  if (rounds * bestOf > maxRequestsPerItem) {
    throw new UsageError(
      `--rounds ${rounds} with --best-of ${bestOf}: up to ${rounds * bestOf} requests per task; the maximum is ${maxRequestsPerItem}.`,
    )
  }
}

/** Models of one server may move to another one together. Those of two servers cannot both be meant. */
export function checkBaseUrl(
  models: readonly Pick<Model, 'key' | 'baseUrl'>[],
  { baseUrl }: Pick<RunFlags, 'baseUrl'>,
): void {
  const addresses = new Set(models.map((model) => model.baseUrl))
  if (baseUrl === undefined || addresses.size < 2) return
  const named = models.map((model) => `${model.key} at ${model.baseUrl}`).join(', ')
  throw new UsageError(
    `--base-url ${baseUrl} would send models of ${addresses.size} addresses to one: ${named}. Start them one by one, or, where that address serves all of them, name each as local/NAME.`,
  )
}

function redirect(model: Model, { baseUrl }: RunFlags): Model {
  if (baseUrl === undefined) return model
  if (!URL.canParse(baseUrl) || !/^https?:/.test(baseUrl)) {
    throw new UsageError(`--base-url "${baseUrl}": give an http or https URL, such as http://127.0.0.1:8000/v1.`)
  }
  // A key is only for the address in the registry; arcloom.models.json can pair it with another.
  const { apiKeyVariable: _, ...keyless } = model
  return { ...keyless, baseUrl }
}

/** Finds what would stop the run at its first request. */
function checkModel(config: Config, model: Model, flags: RunFlags): Model {
  const variable = model.apiKeyVariable
  if (variable !== undefined && !config.apiKey(variable)) {
    throw new UsageError(
      `${model.key} needs a key: the environment variable ${variable} is not set. Set it, or add ${variable}=… to .env.`,
      '--model',
    )
  }
  const flaw = variable === undefined ? undefined : findKeyFlaw(config.apiKey(variable) ?? '')
  if (flaw !== undefined)
    throw new UsageError(`${model.key}: the key in ${variable} cannot be sent: ${flaw}.`, '--model')
  if (flags.budgetUsd !== undefined) checkBudget(model, flags.maxTokens ?? model.defaults.maxTokens)
  return model
}

/** A budget can only be kept if the maximum cost of a request is known. */
export function checkBudget(model: Model, maxTokens: number | undefined): void {
  if (model.prices === undefined) {
    throw new UsageError(
      `--budget-usd needs a price, and none is known for ${model.key} at ${model.baseUrl}: ${adviseOnPrice(model)}.`,
    )
  }
  if (maxTokens === undefined) {
    throw new UsageError('--budget-usd needs --max-tokens: without it the cost of an answer has no limit.')
  }
}

function adviseOnPrice({ provider }: Model): string {
  const entry = 'add "prices" to its entry in arcloom.models.json'
  return findProvider(provider).listsPrices ? `fetch its list with npx arcloom models --refresh, or ${entry}` : entry
}

async function readDatasets(config: Config, flags: RunFlags): Promise<DatasetReading[]> {
  const paths = [...(flags.dataset ?? []), ...(flags.datasetDirectory === undefined ? [] : [flags.datasetDirectory])]
  if (flags.useDatasetJson) paths.push(join(config.dataDir, 'dataset.json'))
  if (paths.length === 0) paths.push(join(config.projectRoot, 'data', 'tasks'))
  const readings = await Promise.all(paths.map(readDataset))
  const faults = readings.flatMap((reading) => reading.faults)
  const [first] = faults
  if (first !== undefined && faults.length === 1) throw first
  if (first !== undefined) {
    throw new UsageError(
      `${showFault(first)}\n… and ${faults.length - 1} more: \`npx arcloom dataset validate ${paths.map(quotePath).join(' ')}\` lists them all.`,
    )
  }
  // Runs are viewed, repaired and exported from other folders than the one they were started in.
  return readings.map((reading) => ({ ...reading, path: resolve(reading.path) }))
}

function readSampling(flags: RunFlags): Sampling {
  const { temperature, maxTokens, reasoningEffort, seed } = flags
  return {
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(reasoningEffort !== undefined && { reasoningEffort }),
    ...(seed !== undefined && { seed }),
  }
}
