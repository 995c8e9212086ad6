import { codeRecipe } from './code.ts'
import type { Recipe } from './recipe.ts'

/** Every recipe there is. Adding one is its file, its name in `Recipe` and its line here. */
const recipes: readonly Recipe[] = [codeRecipe]

/** @throws {RangeError} for a name that is no recipe's, listing those there are. */
export function findRecipe(name: string): Recipe {
  const recipe = recipes.find((recipe) => recipe.name === name)
  if (recipe) return recipe
  throw new RangeError(`recipe "${name}" is not one of: ${recipes.map((recipe) => recipe.name).join(', ')}`)
}
