import type { Grid } from '../../domain/grid.ts'
import { choices, chooseOne, type Choice } from '../choose-one.ts'
import { backgroundOf, countSymbols, keepsSize } from '../grids.ts'
import { defineOperation, type Evidence } from '../operation.ts'
import { describeSplit, nth, proposeSplits, splitGrid, type Split } from '../parts.ts'
import { mirrorNames, turnGrid } from '../symmetries.ts'

type Which = number | string
const print = (grid: Grid) => grid.join('/')

/** What can be said of a part by a number. */
const measures: Readonly<Record<string, (part: Grid, parts: readonly Grid[], empty: number) => number>> = {
  'filled cells': (part, _, empty) => part.flat().filter((symbol) => symbol !== empty).length,
  colours: (part) => countSymbols(part).filter(Boolean).length,
  symmetries: (part) => mirrorNames.filter((how) => print(turnGrid(part, how) ?? part) === print(part)).length,
  'equal parts': (part, parts) => parts.filter((other) => print(other) === print(part)).length,
  'parts of its shape': (part, parts, empty) =>
    parts.filter((other) => print(shape(other, empty)) === print(shape(part, empty))).length,
}
const shape = (part: Grid, empty: number) => part.map((row) => row.map((symbol) => Number(symbol !== empty)))

/** A part far down the list is no place that a rule names, and comparing each with each of hundreds takes too long. */
const mostNamed = 9
const mostCompared = 64

/** Equal parts have equal numbers of equals, so that the most can never be one part's alone. */
const criteria = Object.keys(measures).flatMap((which) =>
  choices
    .filter((choice) => choice !== 'largest' || !which.includes('parts'))
    .map((choice) => [which, choice] as const),
)

/** One of the parts that the grid falls into: by its place, or the one that stands out. */
export const pickPart = defineOperation<[split: Split, which: Which, choice: Choice]>({
  name: 'pick_part',
  python: `
def pick_part(grid, how, which, choice):
    """One of the parts that the grid falls into: by its place, or the one that stands out."""
    parts = parts_of(grid, how)
    if not isinstance(which, str):
        return parts[which]
    empty = background(grid)
    return parts[choose_one([{
        "filled cells": (part != empty).sum(),
        "colours": len(set(part.ravel().tolist())),
        "symmetries": sum((m == part).all() for m in [part[:, ::-1], part[::-1], part[::-1, ::-1]]),
        "equal parts": sum((part == other).all() for other in parts),
        "parts of its shape": sum(((part != empty) == (other != empty)).all() for other in parts),
    }[which] for part in parts], choice)]`,
  apply(grid, split, which, choice) {
    const parts = splitGrid(grid, split)
    if (!parts || typeof which === 'number') return parts?.at(Number(which)) ?? null
    const empty = backgroundOf(grid)
    const values = parts.map((part) => measures[which]?.(part, parts, empty) ?? 0)
    return parts[chooseOne(values, choice) ?? -1] ?? null
  },
  words: (split, which, choice) =>
    `The grid falls into ${describeSplit(split)} and the output is one of them: ${
      typeof which === 'number'
        ? `the ${nth(which)} in reading order`
        : `the one ${choice === 'odd' ? `whose number of ${which} no other has` : `with the ${choice} number of ${which}`}`
    }.`,
  cost: (split, which) => 4 + (split ? 1 : 0) + (typeof which === 'number' ? 0 : 1),
  propose: proposeParts,
  examples: [
    [null, 0, 'odd'],
    [[1, 2], -1, 'odd'],
    ...criteria.map(([which, choice]): [Split, Which, Choice] => [[2, 2], which, choice]),
  ],
})

function* proposeParts({ train }: Evidence): Iterable<[Split, Which, Choice]> {
  if (keepsSize(train)) return
  for (const split of proposeSplits(train)) {
    const counts = train.map(({ input }) => splitGrid(input, split)?.length ?? 0)
    for (let which = 0; which < Math.min(...counts, mostNamed); which += 1) yield [split, which, 'odd']
    yield [split, -1, 'odd']
    if (Math.max(...counts) > mostCompared) continue
    for (const [which, choice] of criteria) yield [split, which, choice]
  }
}
