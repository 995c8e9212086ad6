import { codeRecipe } from './code.ts'
import { directRecipe } from './direct.ts'
import { reasoningRecipe } from './reasoning.ts'
import type { Recipe, RecipeName } from './recipe.ts'

/** All recipes. To add one, add its file, its name in `RecipeName` and its line here. */
const recipes: Readonly<Record<RecipeName, Recipe>> = {
  reasoning: reasoningRecipe,
  code: codeRecipe,
  direct: directRecipe,
}

export const recipeNames = Object.keys(recipes) as RecipeName[]

/** @throws {RangeError} for an unknown name, listing the known ones */
export function findRecipe(name: string): Recipe {
  const recipe = Object.values(recipes).find((recipe) => recipe.name === name)
  if (recipe) return recipe
  throw new RangeError(`recipe "${name}" is not one of: ${recipeNames.join(', ')}`)
}
