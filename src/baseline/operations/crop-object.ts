import type { Grid } from '../../domain/grids/grid.ts'
import { choices, chooseOne, type Choice } from '../choose-one.ts'
import { backgroundOf, buildGrid, cellAt, heightOf, widthOf } from '../grids.ts'
import { measureObjects, measures } from '../measures.ts'
import { findObjects, joinings, type Joining } from '../objects.ts'
import { defineOperation, type Evidence } from '../operation.ts'
import type { LibraryName } from '../render-python-literal.ts'

type Arguments = [joining: Joining, measure: LibraryName, choice: Choice, alone: boolean]

/** One object, chosen by a measure; with everything in its box, or alone. */
export const cropObject = defineOperation<Arguments>({
  name: 'crop_object',
  python: `
def crop_object(grid, joining, measure, choice, alone):
    """Cuts out the one object that stands out by a measure."""
    labels = find_objects(grid, joining)
    empty = background(grid)
    objects = [label for label in range(labels.max() + 1) if (grid[labels == label] != empty).any()]
    chosen = objects[choose_one([measure(grid, labels, label) for label in objects], choice)]
    return cut_out(np.where(labels == chosen, grid, empty) if alone else grid, labels == chosen)`,
  apply: crop,
  words: (joining, { library }, choice, alone) =>
    `The output is one object (touching cells of ${joining}), cut out in its box${alone ? ' without what else lies in it' : ''}: the one ${describeChoice(library, choice)}.`,
  cost: (joining, _, choice, alone) =>
    5 + joinings.indexOf(joining) / 2 + (choice === 'odd' ? 1 : 0) + Number(alone) / 4,
  propose: proposeCrops,
  examples: [
    ...Object.keys(measures).map((library): Arguments => ['one colour', { library }, 'largest', false]),
    ...choices.map((choice): Arguments => ['any colour, diagonally', { library: 'cell_count' }, choice, true]),
  ],
})

function describeChoice(library: string, choice: Choice): string {
  const { words, isYesNo, isColour } = measures[library] ?? { words: library }
  if (choice === 'odd') return isYesNo ? `that alone does or does not: ${words}` : `whose ${words} no other has`
  if (isYesNo) return choice === 'largest' ? `that ${words}` : `of which this is not true: ${words}`
  if (isColour) return `whose ${words} has the ${choice === 'largest' ? 'highest' : 'lowest'} number`
  return `with the ${choice} ${words}`
}

function* proposeCrops({ train }: Evidence): Iterable<Arguments> {
  const isSmaller = train.every(
    ({ input, output }) => heightOf(output) <= heightOf(input) && widthOf(output) <= widthOf(input),
  )
  if (!isSmaller) return
  for (const joining of joinings) {
    for (const library of Object.keys(measures)) {
      for (const choice of choices) for (const alone of [false, true]) yield [joining, { library }, choice, alone]
    }
  }
}

function crop(
  grid: Grid,
  joining: Joining,
  { library: measure }: LibraryName,
  choice: Choice,
  alone: boolean,
): Grid | null {
  const { list, labels } = findObjects(grid, joining)
  const values = measureObjects(grid, joining, measure)
  const candidates = list.flatMap((object, label) =>
    object.isBackground ? [] : [{ object, label, value: values[label] ?? 0 }],
  )
  const target =
    candidates[
      chooseOne(
        candidates.map(({ value }) => value),
        choice,
      ) ?? -1
    ]
  if (!target) return null
  const [top, left, height, width] = target.object.box
  const empty = backgroundOf(grid)
  const isOwn = (y: number, x: number) => labels[y * widthOf(grid) + x] === target.label
  return buildGrid(height, width, (y, x) =>
    alone && !isOwn(top + y, left + x) ? empty : cellAt(grid, top + y, left + x),
  )
}
