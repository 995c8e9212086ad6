import { expect, test } from '@jest/globals'
import { buildNewRun } from '../../../test/support/build-run.ts'
import type { ModelPrices, Sampling } from '../models/model-spec.ts'
import { needAskingRun, type RunRecord } from './run.ts'
import { whyNoBudget } from './why-no-budget.ts'

const prices = (usd: number): ModelPrices => ({
  promptUsdPerMillion: usd,
  completionUsdPerMillion: usd,
  asOf: '2026-01-01',
})

function build(prices: ModelPrices | undefined, sampling: Sampling): RunRecord {
  const run = needAskingRun(buildNewRun({ runId: 'one', specification: { sampling } }).run)
  return { ...run, model: { ...run.model, ...(prices && { prices }) } }
}

test.each([
  ['a price and a limit of answers', prices(1), { maxTokens: 10 }, null],
  ['answers of any length', prices(1), {}, 'no-token-limit'],
  ['no price', undefined, { maxTokens: 10 }, 'no-price'],
  ['a free model', prices(0), {}, 'free'],
] as const)('with %s', (_, price, sampling, why) => {
  expect(whyNoBudget(build(price, sampling))).toBe(why)
})
