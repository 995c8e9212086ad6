import type { CostLookup } from './cost-lookup.ts'
import { asNumber, asRecord } from './json.ts'
import { readCount } from './read-usage.ts'

/**
 * OpenRouter's record of a call (openrouter.ai/docs/api/api-reference/generations/get-generation): `GET /generation?id=`. It appears some
 * seconds after the call has ended, later when its stream was cut, and until then the answer is a 404.
 *
 * With a key of one's own at the provider behind it, `total_cost` is OpenRouter's fee and the rest is charged there.
 */
export const openrouterCost: CostLookup = {
  path: '/generation',
  query: (id) => ({ id }),
  read(body) {
    const { total_cost, is_byok, upstream_inference_cost, ...counts } = asRecord(asRecord(body)['data'])
    const [total, upstream] = [asNumber(total_cost), is_byok === true ? asNumber(upstream_inference_cost) : 0]
    if (total === undefined || total < 0 || upstream === undefined || upstream < 0) return undefined
    // The others are counted by one tokenizer for all models; what is charged are these.
    const { native_tokens_prompt, native_tokens_completion } = counts
    return {
      costUsd: total + upstream,
      usage: { promptTokens: readCount(native_tokens_prompt), completionTokens: readCount(native_tokens_completion) },
    }
  },
}
