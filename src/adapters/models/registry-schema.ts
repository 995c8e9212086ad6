import { z } from 'zod'
import type { Model, ModelLimits } from '../../domain/models/model-spec.ts'
import { findProvider, providerNames } from '../../domain/providers/providers.ts'

const price = z
  .number({ error: 'a price in USD per million tokens is needed' })
  .min(0, { error: 'a price is not below 0' })
const count = z.int({ error: 'a whole number above 0 is needed' }).min(1, { error: 'a whole number above 0 is needed' })

/** Text that JavaScript can hold ends a little above. */
const maxReplyMegabytes = 400

const limits = z.strictObject(
  { requestsPerMinute: count.optional(), concurrentRequests: count.optional() },
  {
    error: ({ code }) =>
      code === 'invalid_type' ? 'requestsPerMinute, concurrentRequests or both are needed' : undefined,
  },
)

const modelLimits = limits.extend({
  maxReplyMegabytes: count
    .max(maxReplyMegabytes, { error: `a whole number from 1 to ${maxReplyMegabytes} is needed` })
    .optional(),
})

/** Strict throughout: a misspelt `prices` would switch off a budget in silence. */
const entrySchema = z.strictObject({
  provider: z.enum(providerNames, { error: `one of ${providerNames.join(', ')} is needed` }),
  id: z.string({ error: 'the provider’s name of the model is needed' }).min(1),
  baseUrl: z
    .url({ protocol: /^https?$/, error: 'an http or https address is needed, such as http://127.0.0.1:8000/v1' })
    .optional(),
  apiKeyVariable: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{0,63}$/)
    .optional(),
  prices: z
    .strictObject({
      promptUsdPerMillion: price,
      completionUsdPerMillion: price,
      asOf: z.iso.date({ error: 'the date on which the prices were read is needed, as YYYY-MM-DD' }),
    })
    .optional(),
  limits: modelLimits.optional(),
  defaults: z
    .strictObject({
      maxTokens: count.optional(),
      temperature: z
        .number({ error: 'a number from 0 to 2 is needed' })
        .min(0, { error: 'a number from 0 to 2 is needed' })
        .max(2, { error: 'a number from 0 to 2 is needed' })
        .optional(),
      reasoningEffort: z.string().min(1).optional(),
    })
    .optional(),
  username: z.string().min(1).optional(),
})

/** A slash would make a key look like `provider/model-id`. */
const isKey = /^[\w.-]+$/

const providersSchema = z.partialRecord(z.enum(providerNames), z.strictObject({ limits }), {
  error: `an object by provider (${providerNames.join(', ')}) is needed, such as {"openai": {"limits": {"concurrentRequests": 50}}}`,
})

/** What a file of models says: entries by key, and what holds for all models of a provider together. */
export interface RegistryFile {
  readonly entries: readonly (readonly [key: string, entry: Entry])[]
  readonly providers: { readonly [provider in Model['provider']]?: { readonly limits: ModelLimits } }
}

/** `models.json` and `arcloom.models.json`. */
export const registrySchema: z.ZodType<RegistryFile> = z
  .object({ providers: providersSchema.optional() }, { error: 'an object of models by their keys is needed' })
  .catchall(entrySchema)
  .superRefine((file, context) => {
    for (const key of Object.keys(file).filter((key) => !isKey.test(key))) {
      const message = 'a key has letters, digits, dot, dash and underscore'
      context.addIssue({ code: 'custom', path: [key], message })
    }
  })
  .transform(({ providers = {}, ...entries }) => ({
    entries: Object.entries(entries).map(([key, entry]) => [key, withoutUndefined(entry)] as const),
    providers: providers as RegistryFile['providers'], // as with entries: JSON holds no undefined
  }))

export type Entry = Pick<Model, 'provider' | 'id'> & Partial<Model>

/** zod keeps keys that were given as undefined, which JSON cannot; the types do not know that. */
function withoutUndefined(entry: z.infer<typeof entrySchema>): Entry {
  return entry as Entry
}

/** Fills in what goes without saying at each provider. */
export function completeModel(key: string, entry: Entry, providerLimits?: ModelLimits): Model {
  return {
    key,
    limits: {},
    defaults: {},
    // What stands after the last slash, without OpenRouter's `:free` and the like.
    username: entry.id.replace(/^.*\//, '').replace(/:.*$/, ''),
    ...(providerLimits && { providerLimits }),
    ...findProvider(entry.provider).defaults,
    ...entry,
  }
}
