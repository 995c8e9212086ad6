import type { Grid } from '../../domain/grids/grid.ts'
import { backgroundOf, countSymbols, widthOf } from '../grids.ts'
import { findObjects } from '../objects.ts'
import { defineOperation, type Evidence } from '../operation.ts'

const colours = [1, 2, 3, 4, 5, 6, 7, 8, 9]
const objectsOf = (grid: Grid) => findObjects(grid, 'one colour').list.filter(({ isBackground }) => !isBackground)
const colourAt = (grid: Grid, cell: number) => grid[Math.floor(cell / widthOf(grid))]?.[cell % widthOf(grid)]

/** Measures of a whole grid. */
const measures: Readonly<Record<string, (grid: Grid) => number>> = {
  'number of filled cells': (grid) => grid.flat().filter((symbol) => symbol !== backgroundOf(grid)).length,
  'number of colours': (grid) => countSymbols(grid).filter(Boolean).length,
  'number of objects': (grid) => objectsOf(grid).length,
  'commonest colour': (grid) => {
    const counts = countSymbols(grid).map((count, colour) => (colour === backgroundOf(grid) ? 0 : count))
    return counts.indexOf(Math.max(...counts))
  },
  ...Object.fromEntries(
    colours.flatMap((colour) => [
      [`number of cells of colour ${colour}`, (grid: Grid) => countSymbols(grid)[colour] ?? 0],
      [
        `number of objects of colour ${colour}`,
        (grid: Grid) => objectsOf(grid).filter(({ cells }) => colourAt(grid, cells[0] ?? 0) === colour).length,
      ],
    ]),
  ),
}

const exampleOutputs = Object.fromEntries([...Array(10).keys()].map((key) => [key, [[key, 7]]]))

/** The output is one of those shown by the train pairs; a measure of the whole grid says which. */
export const recall = defineOperation<[measure: string, outputs: Readonly<Record<string, Grid>>]>({
  name: 'recall',
  python: `
def recall(grid, what, outputs):
    """One of the outputs that the train pairs have shown; a measure of the whole grid says which."""
    empty = background(grid)
    counts = np.bincount(grid.ravel(), minlength=10)
    labels = find_objects(grid, "one colour")
    objects = [int(grid[labels == label][0]) for label in range(labels.max() + 1)]
    objects = [colour for colour in objects if colour != empty]
    measures = {
        "number of filled cells": int((grid != empty).sum()),
        "number of colours": int((counts > 0).sum()),
        "number of objects": len(objects),
        "commonest colour": int(np.where(np.arange(10) == empty, 0, counts).argmax()),
    }
    for colour in range(1, 10):
        measures[f"number of cells of colour {colour}"] = int(counts[colour])
        measures[f"number of objects of colour {colour}"] = objects.count(colour)
    return np.array(outputs[measures[what]])`,
  apply: (grid, measure, outputs) => outputs[measures[measure]?.(grid) ?? -1] ?? null,
  words: (measure) =>
    `The output is one of those that the train pairs show, and the ${measure} of the input alone decides which.`,
  cost: (_, outputs) => 6 + 3 * Object.keys(outputs).length,
  propose: learnOutputs,
  examples: Object.keys(measures).map((measure) => [measure, exampleOutputs]),
})

/**
 * Only measures with at least two repeated values, because any measure explains values that occur once; and none with new values
 * in the test.
 */
function* learnOutputs({ train, testInputs }: Evidence): Iterable<[string, Readonly<Record<string, Grid>>]> {
  for (const [name, measure] of Object.entries(measures)) {
    const outputs: Record<string, Grid> = Object.fromEntries(train.map(({ input, output }) => [measure(input), output]))
    const confirmations = train.length - Object.keys(outputs).length
    if (confirmations >= 2 && testInputs.every((grid) => outputs[measure(grid)])) yield [name, outputs]
  }
}
