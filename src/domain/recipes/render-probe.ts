import type { GridEncoding } from '../render-grid.ts'
import type { Message, Recipe } from './recipe.ts'

/** A small task that never changes. */
const probe = {
  train: [
    { input: [[0, 1]], output: [[1, 0]] },
    { input: [[2, 3]], output: [[3, 2]] },
  ],
  testInputs: [[[4, 5]]],
}

/** What a recipe makes of a task that never changes: its hash stands for the recipe's wording. */
export function renderProbe(recipe: Recipe, encoding?: GridEncoding): Message[] {
  return recipe.renderMessages(probe, recipe.asksPerTestInput ? 0 : null, encoding)
}
