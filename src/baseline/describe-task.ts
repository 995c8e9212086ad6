import type { Grid } from '../domain/grids/grid.ts'
import { countSymbols, heightOf, keepsSize, widthOf } from './grids.ts'
import type { Evidence } from './operation.ts'

/** What is obvious about a task: the number of pairs, how sizes change, and the colours that only the test inputs have. */
export function describeTask({ train, testInputs }: Evidence): string {
  const pairs = train.length === 1 ? 'one train pair.' : `${train.length} train pairs.`
  const trained = new Set(train.flatMap(({ input, output }) => [...listColours(input), ...listColours(output)]))
  const unknownColours = [...new Set(testInputs.flatMap(listColours))].filter((colour) => !trained.has(colour))
  const surprise = unknownColours.length === 0 ? '' : ` Only the test holds ${nameColours(unknownColours)}.`
  return `${pairs} ${describeSizes(train)}${surprise}`
}

function describeSizes(train: Evidence['train']): string {
  const sizes = new Set(train.map(({ output }) => `${heightOf(output)} × ${widthOf(output)}`))
  const areas = train.map(({ input, output }) => heightOf(output) * widthOf(output) - heightOf(input) * widthOf(input))
  if (keepsSize(train)) return 'Each output is as large as its input.'
  if (sizes.size === 1 && train.length > 1) return `Every output is ${[...sizes].join('')}.`
  if (areas.every((area) => area < 0)) return 'Each output is smaller than its input.'
  if (areas.every((area) => area > 0)) return 'Each output is larger than its input.'
  return 'The sizes change in different ways.'
}

const listColours = (grid: Grid) => countSymbols(grid).flatMap((count, colour) => (count > 0 ? [colour] : []))

const nameColours = (colours: readonly number[]) =>
  colours.length === 1 ? `colour ${colours[0]}` : `colours ${colours.join(', ')}`
