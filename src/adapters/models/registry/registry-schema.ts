import { z } from 'zod'
import type { Model, ModelLimits } from '../../../domain/models/model-spec.ts'
import { findTakenField } from '../../../domain/models/own-fields.ts'
import { findApi, findProvider, providerNames } from '../../../domain/providers/providers.ts'

const belowZero = 'a price must not be below 0'
const price = z.number({ error: 'must be a price in USD per million tokens' }).min(0, { error: belowZero })
const rates = {
  promptUsdPerMillion: price,
  completionUsdPerMillion: price,
  cacheReadUsdPerMillion: price.optional(),
  cacheWriteUsdPerMillion: price.optional(),
  reasoningUsdPerMillion: price.optional(),
}
const count = z.int({ error: 'must be a whole number above 0' }).min(1, { error: 'must be a whole number above 0' })

/** JavaScript strings end a little above this. */
const maxReplyMegabytes = 400

const limits = z.strictObject(
  { requestsPerMinute: count.optional(), tokensPerMinute: count.optional(), concurrentRequests: count.optional() },
  {
    error: ({ code }) =>
      code === 'invalid_type'
        ? 'must have requestsPerMinute, tokensPerMinute, concurrentRequests or several of them'
        : undefined,
  },
)

const modelLimits = limits.extend({
  maxReplyMegabytes: count
    .max(maxReplyMegabytes, { error: `must be a whole number from 1 to ${maxReplyMegabytes}` })
    .optional(),
})

const addressRule = 'must be an http or https address, such as http://127.0.0.1:8000/v1'
const addressesRule = 'must be a list of addresses, such as ["http://127.0.0.1:8000/v1", "http://127.0.0.1:8001/v1"]'
const parametersRule = 'must be an object of fields by the provider’s names, such as {"top_p": 0.9}'

/** Strict throughout: a misspelt `prices` would silently disable a budget. */
const entrySchema = z.strictObject({
  provider: z.enum(providerNames, { error: `must be one of ${providerNames.join(', ')}` }),
  id: z.string({ error: 'must be the provider’s name of the model' }).min(1),
  baseUrl: z.url({ protocol: /^https?$/, error: addressRule }).optional(),
  baseUrls: z
    .array(z.url({ protocol: /^https?$/, error: addressRule }), { error: addressesRule })
    .min(1, { error: addressesRule })
    .refine((addresses) => new Set(addresses).size === addresses.length, { error: 'has an address twice' })
    .optional(),
  apiKeyVariable: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{0,63}$/)
    .optional(),
  prices: z
    .strictObject({
      ...rates,
      requestUsd: z.number({ error: 'must be a price in USD' }).min(0, { error: belowZero }).optional(),
      longPrompts: z
        .array(z.strictObject({ abovePromptTokens: count, ...rates }), {
          error:
            'must be a list, such as [{"abovePromptTokens": 200000, "promptUsdPerMillion": 6, "completionUsdPerMillion": 22.5}]',
        })
        .optional(),
      serviceTiers: z
        .record(
          z.string(),
          z.number({ error: 'must be a factor, such as 0.5' }).min(0, { error: 'a factor must not be below 0' }),
          { error: 'must be an object of factors by service tier, such as {"flex": 0.5}' },
        )
        .optional(),
      asOf: z.iso.date({ error: 'must be the date on which the prices were read, as YYYY-MM-DD' }),
    })
    .optional(),
  limits: modelLimits.optional(),
  defaults: z
    .strictObject({
      maxTokens: count.optional(),
      temperature: z
        .number({ error: 'must be a number from 0 to 2' })
        .min(0, { error: 'must be a number from 0 to 2' })
        .max(2, { error: 'must be a number from 0 to 2' })
        .optional(),
      reasoningEffort: z.string().min(1).optional(),
    })
    .optional(),
  username: z.string().min(1).optional(),
  parameters: z.record(z.string(), z.json(), { error: parametersRule }).optional(),
  systemRole: z.enum(['system', 'developer', 'user'], { error: 'must be system, developer or user' }).optional(),
  tokenLimitParameter: z
    .enum(['max_tokens', 'max_completion_tokens'], { error: 'must be max_tokens or max_completion_tokens' })
    .optional(),
  temperature: z
    .literal(false, { error: 'must be false, which means that none is sent; a value belongs in defaults' })
    .optional(),
  api: z.enum(['chat', 'responses'], { error: 'must be chat or responses' }).optional(),
  background: z
    .literal(false, {
      error: 'must be false, which means that a call ends with its connection; leave it out otherwise',
    })
    .optional(),
  stream: z.literal(false, { error: 'must be false, which means that no answer is asked for as a stream' }).optional(),
})

/** A slash would make a key look like `provider/model-id`. */
const isKey = /^[\w.-]+$/

const providersSchema = z.partialRecord(z.enum(providerNames), z.strictObject({ limits }), {
  error: `must be an object by provider (${providerNames.join(', ')}), such as {"openai": {"limits": {"concurrentRequests": 50}}}`,
})

/** The content of a models file: entries by key, and settings shared by all models of a provider. */
export interface RegistryFile {
  readonly entries: readonly (readonly [key: string, entry: Entry])[]
  readonly providers: { readonly [provider in Model['provider']]?: { readonly limits: ModelLimits } }
}

/** `models.json` and `arcloom.models.json`. */
export const registrySchema: z.ZodType<RegistryFile> = z
  .object({ providers: providersSchema.optional() }, { error: 'must be an object of models by key' })
  .catchall(entrySchema)
  .superRefine((file, context) => {
    for (const [key, entry] of Object.entries(file)) refuseContradictions(key, entry, context)
    for (const key of Object.keys(file).filter((key) => !isKey.test(key))) {
      const message = 'a key may have letters, digits, dots, dashes and underscores'
      context.addIssue({ code: 'custom', path: [key], message })
    }
  })
  .transform(({ providers = {}, ...entries }) => ({
    entries: Object.entries(entries).map(([key, entry]) => [key, withoutUndefined(entry)] as const),
    providers: providers as RegistryFile['providers'], // as with entries: JSON holds no undefined
  }))

/** What one field says and another, or the provider, makes impossible. */
function refuseContradictions(key: string, entry: unknown, context: z.RefinementCtx): void {
  if (key === 'providers') return
  const checkedEntry = withoutUndefined(entry as z.infer<typeof entrySchema>)
  const { provider, defaults, temperature, parameters } = checkedEntry
  const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [key, field], message })
  if (temperature === false && defaults?.temperature !== undefined) {
    refuse('temperature', 'is false, so that none is sent, and defaults.temperature has one: remove one of the two')
  }
  if (checkedEntry.baseUrls && checkedEntry.baseUrl !== undefined)
    refuse('baseUrls', 'stands beside baseUrl: give one of the two')
  if (checkedEntry.baseUrls && provider !== 'local')
    refuse('baseUrls', 'is for local models: other providers have one address')
  const { listImpossible, responses } = findProvider(provider)
  for (const { field, message } of listImpossible?.(checkedEntry) ?? []) refuse(field, message)
  for (const field of ['api', 'background'] as const) {
    if (responses !== undefined || checkedEntry[field] === undefined) continue
    refuse(field, 'is for entries of openai; another server with the Responses API is an openai entry with its baseUrl')
  }
  const request = { modelId: checkedEntry.id, sampling: defaults ?? {} }
  const api = chooseApi(checkedEntry)
  const taken = findTakenField(findApi({ provider, ...(api && { api }) }), request, parameters ?? {})
  if (taken) refuse('parameters', `Arcloom sends ${taken.field} itself; ${taken.advice}`)
}

export type Entry = Pick<Model, 'provider' | 'id'> & Partial<Model>

/** zod keeps keys with the value undefined, which JSON cannot hold; the types do not know that. */
function withoutUndefined(entry: z.infer<typeof entrySchema>): Entry {
  return entry as Entry
}

/** The protocol of an entry's requests; undefined for the one that runs without the field mean. */
function chooseApi({ provider, id, baseUrl, api }: Entry): 'responses' | undefined {
  const { defaults, chooseApi: choose } = findProvider(provider)
  const chosen = api ?? choose?.(id, baseUrl ?? defaults.baseUrl)
  return chosen === 'responses' ? chosen : undefined
}

/** Fills in each provider's defaults. */
export function completeModel(key: string, entry: Entry, providerLimits?: ModelLimits): Model {
  const api = chooseApi(entry)
  return {
    key,
    limits: {},
    defaults: {},
    // The part after the last slash, without OpenRouter's `:free` and the like.
    username: entry.id.replace(/^.*\//, '').replace(/:.*$/, ''),
    ...(providerLimits && { providerLimits }),
    ...findProvider(entry.provider).defaults,
    ...entry,
    ...(entry.baseUrls?.[0] !== undefined && { baseUrl: entry.baseUrls[0] }),
    ...(api && { api }),
    ...(entry.prices && { prices: { ...entry.prices, source: 'registry' } }),
  }
}
