import type { Feature } from '../features/feature.ts'
import { inputsOf, type Evidence, type Operation, type Step } from '../operation.ts'
import { describeSplit, nth, proposeSplits, splitGrid, type Split } from '../parts.ts'
import { renderPythonLiteral } from '../render-python-literal.ts'
import { proposeLookUps, settleLookUp, type Source } from './look-up.ts'

const maxParts = 9

/** Parts of the grid laid on each other; a learned table says what each cell becomes: and, or, exclusive or, and more. */
export const overlay: Operation = {
  name: 'overlay',
  python: `
def part_of(grid, how, number):
    """One of the parts that the grid falls into, in reading order from 0."""
    return parts_of(grid, how)[number]`,
  propose: proposeOverlays,
  examples: ([[1, 2], null] as const).map((split) => {
    const rules = [
      { key: [1, 1], rule: { symbol: 3 } },
      { key: [0, 1], rule: { copy: 1 } },
    ]
    return sayParts(split, settleLookUp(takeParts(split, 2), { keys: [0, 1], rules, cost: 0 }))
  }),
}

function* proposeOverlays(evidence: Evidence, isLate: () => boolean): Iterable<Step> {
  for (const split of proposeSplits(evidence.train)) {
    const counts = new Set(inputsOf(evidence).map((grid) => splitGrid(grid, split)?.length ?? 0))
    const [count = 0] = counts
    if (counts.size > 1 || count > maxParts) continue
    for (const step of proposeLookUps(takeParts(split, count), evidence, isLate)) yield sayParts(split, step)
  }
}

function takeParts(split: Split, count: number): Source {
  const take = (number: number): Feature => ({
    call: `part_of(grid, ${renderPythonLiteral(split)}, ${number})`,
    words: `its colour in the ${nth(number)} part`,
    cost: 1,
    isColour: true,
    compute: (grid) => Int16Array.from(splitGrid(grid, split)?.[number]?.flat() ?? []),
  })
  return {
    operation: 'overlay',
    unchanged: 'keeps its colour in the first part',
    columns: Array.from({ length: count }, (_, number) => take(number)),
    base: (grid) => splitGrid(grid, split)?.[0] ?? null,
  }
}

function sayParts(split: Split, step: Step): Step {
  return { ...step, words: `The grid falls into ${describeSplit(split)} that are laid on each other. ${step.words}` }
}
