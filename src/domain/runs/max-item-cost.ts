import type { Model } from '../models/model-spec.ts'
import { maxCallCostUsd } from '../models/price-call.ts'
import { findRecipe } from '../recipes/find-recipe.ts'
import { maxFeedbackBytes, maxTriesShown } from '../recipes/render-tries.ts'
import type { TaskPairs } from '../tasks/task.ts'
import type { AskingSpecification } from './specification.ts'

/** What is asked for an item: about the whole task, or about each of its test inputs. */
export function listTestPairs({ recipe }: Pick<AskingSpecification, 'recipe'>, { test }: TaskPairs): (number | null)[] {
  return findRecipe(recipe).asksPerTestInput ? test.map((_, index) => index) : [null]
}

/**
 * The maximum cost of everything that a run may ask for one item, in USD.
 *
 * @returns null if it has no limit that is known: a model without a price, or answers of any length
 */
export function maxItemCostUsd(
  { prices }: Pick<Model, 'prices'>,
  specification: AskingSpecification,
  pairs: TaskPairs,
): number | null {
  const { sampling, samples, rounds, grid_encoding } = specification
  const { maxTokens } = sampling
  if (prices === undefined || maxTokens === undefined) return null
  const recipe = findRecipe(specification.recipe)
  const task = { train: pairs.train, testInputs: pairs.test.map(({ input }) => input) }
  // A later round's prompt has the question, and earlier answers with their results.
  const tryTokens = maxTokens + maxFeedbackBytes(pairs.train.length)
  const calls = listTestPairs(specification, pairs).flatMap((testPair) => {
    const prompt = JSON.stringify(recipe.renderMessages(task, testPair, grid_encoding))
    const bytes = new TextEncoder().encode(prompt).length
    return Array.from({ length: rounds }, (_, earlier) =>
      maxCallCostUsd(prices, bytes + Math.min(earlier, maxTriesShown) * tryTokens, maxTokens),
    )
  })
  return calls.reduce((sum, usd) => sum + usd, 0) * samples
}
