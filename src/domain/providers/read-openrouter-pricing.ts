import type { LongPromptRates, ModelPrices, TokenRates } from '../models/model-spec.ts'
import { takeHighest } from '../models/price-call.ts'
import { asRecord } from './json.ts'

/**
 * The `pricing` of a model in OpenRouter's list (openrouter.ai/docs/api-reference/models/get-models), in USD per token as text:
 * `prompt`, `completion`, `request`, `input_cache_read`, `input_cache_write`, `internal_reasoning`, and `overrides` for long
 * prompts (`min_prompt_tokens`) or hours of the day (`utc_start`). What pictures, sound and searches cost is left out: Arcloom
 * sends text alone. A price that depends on the hour counts at its highest.
 *
 * @returns undefined if the list gives no fixed price: routers such as `openrouter/auto` have −1
 */
export function readOpenRouterPricing(pricing: unknown): Omit<ModelPrices, 'asOf' | 'source'> | undefined {
  const base = readRates(asRecord(pricing))
  if (base === undefined) return undefined
  const { request, overrides } = asRecord(pricing)
  const requestUsd = readUsd(request) ?? 0
  let rates = base
  const longPrompts: LongPromptRates[] = []
  for (const override of Array.isArray(overrides) ? (overrides as readonly unknown[]) : []) {
    const { min_prompt_tokens: min, ...others } = asRecord(override)
    const overridden = readRates({ ...asRecord(pricing), ...others })
    if (overridden === undefined) continue
    if (typeof min === 'number' && min > 0) longPrompts.push({ abovePromptTokens: min - 1, ...overridden })
    else rates = takeHighest(rates, overridden)
  }
  return {
    ...rates,
    ...(requestUsd > 0 && { requestUsd }),
    ...(longPrompts.length > 0 && { longPrompts }),
  }
}

function readRates(pricing: Record<string, unknown>): TokenRates | undefined {
  const [prompt, completion] = [readUsd(pricing['prompt']), readUsd(pricing['completion'])]
  if (prompt === undefined || completion === undefined) return undefined
  const read = readUsd(pricing['input_cache_read'])
  const write = readUsd(pricing['input_cache_write'])
  const reasoning = readUsd(pricing['internal_reasoning'])
  return {
    promptUsdPerMillion: perMillion(prompt),
    completionUsdPerMillion: perMillion(completion),
    // 0 stands for "no price of its own" in these three: a model that charges for prompts does not give away its cache.
    ...(read && { cacheReadUsdPerMillion: perMillion(read) }),
    ...(write && { cacheWriteUsdPerMillion: perMillion(write) }),
    ...(reasoning && { reasoningUsdPerMillion: perMillion(reasoning) }),
  }
}

/** Without the noise of binary fractions: 0.0000003 is 0.3 per million, not 0.3 and a bit. */
function perMillion(usd: number): number {
  return Number((usd * 1e6).toPrecision(12))
}

function readUsd(value: unknown): number | undefined {
  const usd = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof usd === 'number' && Number.isFinite(usd) && usd >= 0 ? usd : undefined
}
