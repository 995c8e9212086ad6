import type { Recipe } from '../recipes/recipe.ts'
import type { Example } from './example.ts'

export const criteria = ['train-correct', 'test-correct', 'all'] as const

/** Which examples count as good: those whose program is right on all train pairs, those right on the test pairs, or all. */
export type Criterion = (typeof criteria)[number]

/** The criteria that apply to an answer, by what it was asked for. The first looks at no more than it must. */
export const criteriaOf: Readonly<Record<Recipe['asksFor'], readonly Criterion[]>> = {
  program: ['train-correct', 'test-correct', 'all'],
  grid: ['test-correct', 'all'],
  explanation: ['all'],
}

export function meets({ trainCorrect, testCorrect }: Example, only: Criterion): boolean {
  return only === 'all' || (only === 'train-correct' ? trainCorrect : testCorrect) === true
}
