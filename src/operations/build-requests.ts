import { join, resolve } from 'node:path'
import { readDataset, type DatasetReading } from '../adapters/datasets/read-dataset.ts'
import { quotePath, showFault } from '../adapters/files/show-file.ts'
import { findKeyFlaw } from '../adapters/models/http/find-key-flaw.ts'
import { priceModels } from '../adapters/models/prices/price-models.ts'
import { findModel, readRegistry } from '../adapters/models/registry/read-registry.ts'
import { readVersions } from '../adapters/read-versions.ts'
import type { Config } from '../config.ts'
import { count } from '../domain/count.ts'
import { chooseSampling } from '../domain/models/choose-sampling.ts'
import type { Model, Sampling } from '../domain/models/model-spec.ts'
import { findProvider, providerNames } from '../domain/providers/providers.ts'
import { isStandardTier } from '../domain/providers/read-usage.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import type { RecipeName } from '../domain/recipes/recipe.ts'
import type { AskingSpecification } from '../domain/runs/specification.ts'
import type { Task } from '../domain/tasks/task.ts'
import { UsageError } from '../domain/usage-error.ts'
import type { RunRequest } from '../runs/prepare-run.ts'
import { checkTaskChoice, chooseTasks } from './choose-tasks.ts'
import { collectFaults, type Faults } from './collect-faults.ts'
import { readParameters } from './read-parameters.ts'
import { checkName, chooseControls, maxItems, readLimitFlags, type RunFlags } from './run-flags.ts'

/**
 * Checks everything a person typed and reads the files it names; starts and stores nothing. One request per model.
 *
 * @throws the first fault
 */
export async function buildRequests(
  config: Config,
  kind: AskingSpecification['kind'],
  recipe: RecipeName,
  flags: RunFlags,
): Promise<RunRequest[]> {
  const faults = collectFaults()
  const requests = await checkRequests(config, kind, recipe, flags, faults)
  if (faults.all.length > 0) throw faults.all[0]
  return requests
}

/** As `buildRequests`, but does every check that the earlier ones leave possible. @returns nothing if there are faults */
export async function checkRequests(
  config: Config,
  kind: AskingSpecification['kind'],
  recipe: RecipeName,
  flags: RunFlags,
  faults: Faults,
): Promise<RunRequest[]> {
  const { check } = faults
  await check(() => needModels(flags))
  await check(() => checkNaming(flags))
  await check(() => checkRounds(recipe, flags))
  await check(() => checkBatchRetry(flags))
  const models = await checkModels(config, flags, faults)
  const limits = await check(() => readLimitFlags(flags))
  const datasets = await check(() => readDatasets(config, flags))
  const tasks = await check(() => (datasets ? selectTasks(datasets, flags) : checkTaskChoice(flags)))
  if (faults.all.length > 0 || !datasets || !tasks) return []
  const versions = await readVersions(config.projectRoot)
  return models.map((model) => ({
    kind,
    recipe,
    model,
    sampling: readSampling(model, flags),
    gridEncoding: flags.gridEncoding,
    samples: flags.bestOf,
    rounds: flags.rounds,
    solver: flags.solver,
    datasets,
    tasks,
    controls: chooseControls(flags),
    sandbox: flags.sandbox,
    limits,
    name: flags.name,
    versions,
  }))
}

function needModels({ model: names = [] }: RunFlags): void {
  if (names.length > 0) return
  throw new UsageError(
    '--model is required: a model from the registry (npx arcloom models lists them), or provider/model-id.',
  )
}

function checkNaming({ name, model: names = [] }: RunFlags): void {
  if (name === undefined) return
  checkName(name)
  if (names.length > 1) throw new UsageError('--name works with a single --model only.')
}

async function checkModels(config: Config, flags: RunFlags, { check }: Faults): Promise<Model[]> {
  const registry = await check(() => readRegistry(config.projectRoot))
  if (registry === undefined) return []
  const registered: Model[] = []
  for (const name of flags.model ?? []) registered.push(...((await check(() => [findModel(registry, name)])) ?? []))
  await check(() => checkBaseUrl(registered, flags))
  const redirected = (await check(() => registered.map((model) => redirect(model, flags)))) ?? []
  const models = await priceModels(redirected, config.dataDir, new Date())
  for (const model of models) {
    await check(() => checkKey(config, model))
    await check(() => checkTemperature(model, flags))
    const sampling = await check(() => readSampling(model, flags))
    await check(() => checkBatching(model, flags))
    if (flags.budgetUsd !== undefined && sampling)
      await check(() => checkBudget(model, chooseSampling(model, sampling)))
  }
  return models
}

function selectTasks(datasets: readonly DatasetReading[], flags: RunFlags): Task[] {
  const tasks = chooseTasks(
    datasets.flatMap((reading) => reading.tasks),
    flags,
  )
  if (tasks.length <= maxItems) return tasks
  throw new UsageError(
    `${count(tasks.length, 'task')} are too many for one run; the maximum is ${maxItems}. Select some with --tasks START:END.`,
  )
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

function checkBatchRetry({ batch, batchRetry }: RunFlags): void {
  if (batchRetry === undefined || batch) return
  throw new UsageError(`--batch-retry ${batchRetry} is for runs that ask in batches: add --batch.`)
}

function checkBatching({ key, provider }: Model, { batch }: RunFlags): void {
  if (!batch || findProvider(provider).batching !== undefined) return
  const others = providerNames.filter((name) => findProvider(name).batching !== undefined)
  throw new UsageError(
    `--batch: ${key} takes no batches; models of these providers may: ${others.join(', ')}.`,
    '--model',
  )
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
  const { apiKeyVariable: _, baseUrls: __, api, ...keyless } = model
  const byDefault = findProvider(model.provider).chooseApi?.(model.id, model.baseUrl)
  // A protocol that nobody chose is not expected of another address either.
  return { ...keyless, baseUrl, ...(api !== undefined && api !== byDefault && { api }) }
}

/** Finds what would stop the run at its first request. */
function checkKey(config: Config, { key, apiKeyVariable: variable }: Model): void {
  if (variable === undefined) return
  if (!config.apiKey(variable)) {
    throw new UsageError(
      `${key} needs a key: the environment variable ${variable} is not set. Set it, or add ${variable}=… to .env.`,
      '--model',
    )
  }
  const flaw = findKeyFlaw(config.apiKey(variable) ?? '')
  if (flaw !== undefined) throw new UsageError(`${key}: the key in ${variable} cannot be sent: ${flaw}.`, '--model')
}

/** A model whose entry says that it takes no temperature gets none, so one that was typed would be ignored. */
export function checkTemperature(
  { key, temperature }: Pick<Model, 'key' | 'temperature'>,
  flags: Pick<RunFlags, 'temperature' | 'model'>,
): void {
  if (temperature !== false || flags.temperature === undefined) return
  const apart = (flags.model ?? []).length > 1 ? `, or start the others without ${key}` : ''
  throw new UsageError(
    `--temperature ${flags.temperature}: ${key} takes none ("temperature": false in its entry in arcloom.models.json). Leave out --temperature${apart}.`,
  )
}

/** A budget can only be kept if the maximum cost of a request is known. */
export function checkBudget(model: Model, { maxTokens, parameters = {} }: Sampling): void {
  if (model.prices === undefined) {
    throw new UsageError(
      `--budget-usd needs a price, and none is known for ${model.key} at ${model.baseUrl}: ${adviseOnPrice(model)}.`,
    )
  }
  if (maxTokens === undefined) {
    throw new UsageError('--budget-usd needs --max-tokens: without it the cost of an answer has no limit.')
  }
  const tier = parameters['service_tier']
  if (typeof tier === 'string' && !isStandardTier(tier) && model.prices.serviceTiers?.[tier] === undefined) {
    throw new UsageError(
      `--budget-usd needs the price of the service tier "${tier}", and none is known for ${model.key}: add "prices" with "serviceTiers": {"${tier}": 2} (twice the price, for example) to its entry in arcloom.models.json.`,
    )
  }
}

function adviseOnPrice({ provider }: Model): string {
  const { listsPrices, defaults } = findProvider(provider)
  const entry = 'add "prices" to its entry in arcloom.models.json'
  if (listsPrices) return `fetch its list with npx arcloom models --refresh, or ${entry}`
  return 'prices' in defaults ? `${entry}, of 0 if this server is your own` : entry
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

function readSampling(model: Model, flags: RunFlags): Sampling {
  const { temperature, maxTokens, reasoningEffort, seed } = flags
  const sampling = {
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(reasoningEffort !== undefined && { reasoningEffort }),
    ...(seed !== undefined && { seed }),
  }
  const parameters = readParameters(model, sampling, flags)
  return parameters === undefined ? sampling : { ...sampling, parameters }
}
