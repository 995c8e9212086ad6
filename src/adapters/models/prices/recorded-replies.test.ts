import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { priceCall } from '../../../domain/models/price-call.ts'
import { completeModel } from '../registry/registry-schema.ts'
import { findOpenRouterPrices } from './openrouter-list.ts'
import { priceModels } from './price-models.ts'

/*
 * Usage and cost of OpenRouter's replies as people have published them, each file whole: nothing was left out for its price. A
 * model's hosts charge different prices, so not every reply cost what the list or the package says.
 */
interface RecordedReply {
  readonly model: string
  readonly promptTokens: number
  readonly completionTokens: number
  readonly cacheReadTokens?: number
  readonly cacheWriteTokens?: number
  readonly reasoningTokens?: number
  readonly costUsd: number
}

/** No list of prices was ever stored there. */
const noFolder = import.meta.dirname

async function readFixture<Reply extends RecordedReply>(name: string): Promise<readonly Reply[]> {
  const text = await readFile(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8')
  return JSON.parse(text) as readonly Reply[]
}

/** How many times the price a reply cost. */
const compare = (priceUsd: number | null, { costUsd }: RecordedReply) => costUsd / (priceUsd ?? NaN)

const isEqual = (factor: number) => Math.abs(1 / factor - 1) <= 0.01

describe('a recorded reply costs what the provider charged, within 1 %, unless its host charges something else', () => {
  /** From a log of February to May 2026, which has the list's price at the time beside each reply. */
  test('by OpenRouter’s list: 106 of 135', async () => {
    const replies = await readFixture<RecordedReply & { prompt: string; completion: string }>(
      'recorded-with-list-price',
    )
    const factors = replies.map((reply) => {
      const { model, prompt, completion } = reply
      const list = { fetched_at: '2026-03-01T00:00:00.000Z', source: '', pricing: { [model]: { prompt, completion } } }
      const prices = findOpenRouterPrices(list, model)
      return compare(prices ? priceCall(prices, reply) : null, reply)
    })
    expect(factors).toHaveLength(135)
    expect(factors.filter(isEqual)).toHaveLength(106)
    // A search that cost a fee of its own; a host ten times as dear; price steps for long prompts that the log left out.
    const others = factors.filter((factor) => !isEqual(factor))
    expect(
      others
        .toSorted((a, b) => b - a)
        .slice(0, 4)
        .map(Math.round),
    ).toEqual([24, 10, 5, 3])
    expect(others.filter((factor) => factor < 1)).toHaveLength(1)
  })

  /** From January to September 2026. The models of the other 16 are newer than the package. */
  test('by the package: 23 of 29', async () => {
    const replies = await readFixture('recorded-usage')
    expect(replies).toHaveLength(45)
    const models = replies.map(({ model }) => completeModel('M', { provider: 'openrouter', id: model }))
    const priced = await priceModels(models, noFolder, new Date('2026-11-27T10:00:00Z'))
    const compared = replies.flatMap((reply, nth) => {
      const prices = priced[nth]?.prices
      return prices === undefined ? [] : [{ model: reply.model, factor: compare(priceCall(prices, reply), reply) }]
    })
    expect(compared).toHaveLength(29)
    const others = compared.filter(({ factor }) => !isEqual(factor)).map(({ model }) => model)
    expect(compared.length - others.length).toBe(23)
    // Open models with several hosts, and a price that was lowered after the reply.
    expect([...new Set(others)].toSorted()).toEqual([
      'google/gemma-4-31b-it',
      'openai/gpt-5.6-terra',
      'openai/gpt-oss-20b',
      'z-ai/glm-5.3',
      'z-ai/glm-5.3-flash',
    ])
  })
})
