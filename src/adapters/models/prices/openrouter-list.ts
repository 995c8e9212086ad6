import { join } from 'node:path'
import { z } from 'zod'
import type { ModelPrices } from '../../../domain/models/model-spec.ts'
import { readOpenRouterPricing } from '../../../domain/providers/read-openrouter-pricing.ts'
import { orWhenMissing } from '../../files/or-when-missing.ts'
import { readJsonBy } from '../../files/read-json-by.ts'
import { readText } from '../../files/read-text.ts'
import { writeFileAtomically } from '../../files/write-file-atomically.ts'

/** OpenRouter's prices as they were stored. */
export interface OpenRouterList {
  /** ISO 8601: when it was fetched. */
  readonly fetched_at: string
  /** The address or the file it came from. */
  readonly source: string
  /** `pricing` as OpenRouter sends it, by model id. */
  readonly pricing: Readonly<Record<string, unknown>>
}

const storedSchema: z.ZodType<OpenRouterList> = z.object({
  fetched_at: z.iso.datetime({ error: 'must be a time, as ISO 8601' }),
  source: z.string(),
  pricing: z.record(z.string(), z.unknown(), { error: 'must be an object of prices by model id' }),
})

function nameFile(dataDir: string): string {
  return join(dataDir, 'prices', 'openrouter.json')
}

/**
 * @returns undefined if no list was ever fetched
 * @throws {MalformedInput} if the file was changed into something else
 */
export async function readOpenRouterList(dataDir: string): Promise<OpenRouterList | undefined> {
  const file = nameFile(dataDir)
  const text = await orWhenMissing(readText(file), undefined)
  if (text === undefined) return undefined
  const reading = readJsonBy(storedSchema, text, file)
  if ('value' in reading) return reading.value
  throw reading.faults[0] ?? new TypeError(`${file} is not a list of prices`)
}

/** @returns the path of the file */
export async function putOpenRouterList(dataDir: string, list: OpenRouterList): Promise<string> {
  const file = nameFile(dataDir)
  await writeFileAtomically(file, `${JSON.stringify(list, null, 2)}\n`)
  return file
}

/** Reads the reply of `GET /api/v1/models`; undefined if it is anything else. */
export function parseOpenRouterModels(text: string): OpenRouterList['pricing'] | undefined {
  const reading = readJsonBy(replySchema, text, 'models')
  if (!('value' in reading) || reading.value.data.length === 0) return undefined
  return Object.fromEntries(
    reading.value.data.flatMap(({ id, canonical_slug: slug, pricing }) => [
      // The id comes last: one model's slug may be another's id.
      ...(slug === undefined || slug === null ? [] : [[slug, pricing] as const]),
      [id, pricing] as const,
    ]),
  )
}

const replySchema = z.object({
  data: z.array(z.object({ id: z.string(), canonical_slug: z.string().nullish(), pricing: z.unknown() })),
})

/** `:nitro`, `:floor` and `:exacto` choose among the same hosts; the list names the model alone. */
const routingSuffix = /:(?:nitro|floor|exacto)$/

export function findOpenRouterPrices(list: OpenRouterList, id: string): ModelPrices | undefined {
  const name = [id, id.replace(routingSuffix, '')].find((name) => Object.hasOwn(list.pricing, name))
  const prices = name === undefined ? undefined : readOpenRouterPricing(list.pricing[name])
  return prices && { ...prices, asOf: list.fetched_at.slice(0, 10), source: 'openrouter' }
}
