import type { Grid } from '../../domain/grids/grid.ts'
import type { Pair } from '../../domain/tasks/task.ts'
import { cellAt, cutOut, heightOf, keepsSize, widthOf, type Box } from '../grids.ts'
import { findObjects, joinings, type Joining } from '../objects.ts'
import { defineWrapper } from '../operation.ts'

/** More parts than this add no information, and cost more. */
const maxParts = 80

/** The rule applies to each object separately: the content of its box becomes something of the same size. */
export const forEach = defineWrapper<[joining: Joining]>({
  name: 'for_each',
  python: `
def for_each(grid, joining, rule):
    """Applies the rule to the box of each object."""
    labels = find_objects(grid, joining)
    output = grid.copy()
    for label in range(labels.max() + 1):
        ys, xs = np.nonzero(labels == label)
        if grid[ys[0], xs[0]] != background(grid):
            box = np.s_[ys.min():ys.max() + 1, xs.min():xs.max() + 1]
            output[box] = rule(grid[box])
    return output`,
  words: (joining) => `Each object (touching cells of ${joining}) is looked at for itself, in the box around it.`,
  cost: 2,
  apply(grid, rule, joining) {
    const output = grid.map((row) => [...row])
    for (const [top, left, height, width] of boxesOf(grid, joining)) {
      const part = cutOut(grid, [top, left, height, width])
      const result = part && rule(part)
      if (!result || heightOf(result) !== height || widthOf(result) !== width) return null
      for (const [y, row] of result.entries()) output[top + y]?.splice(left, width, ...row)
    }
    return output
  },
  *propose({ train, testInputs }) {
    if (!keepsSize(train)) return
    for (const joining of joinings) {
      const pairs = train.map((pair) => cutPairs(pair, joining))
      if (pairs.some((list) => list === null)) continue
      const inner = pairs.flatMap((list) => list ?? [])
      const tests = testInputs.flatMap((grid) =>
        boxesOf(grid, joining)
          .map((box) => cutOut(grid, box))
          .filter((part) => part !== null),
      )
      const distinct = new Map(inner.map((pair) => [JSON.stringify(pair.input), pair]))
      if (inner.length < 2 || distinct.size > maxParts || tests.length > maxParts) continue
      yield { settled: [joining], inner: { train: [...distinct.values()], testInputs: tests } }
    }
  },
  examples: joinings.map((joining): [Joining] => [joining]),
})

const boxesOf = (grid: Grid, joining: Joining): Box[] =>
  findObjects(grid, joining).list.flatMap(({ isBackground, box }) => (isBackground ? [] : [box]))

/** The parts of both grids in the boxes of the input's objects; null if anything else changes. */
function cutPairs({ input, output }: Pair, joining: Joining): Pair[] | null {
  const boxes = boxesOf(input, joining)
  if (boxes.length > 4 * maxParts) return null
  const isIn = (y: number, x: number) =>
    boxes.some(([top, left, height, width]) => y >= top && x >= left && y < top + height && x < left + width)
  for (const [y, row] of input.entries()) {
    for (const [x, symbol] of row.entries()) if (symbol !== cellAt(output, y, x) && !isIn(y, x)) return null
  }
  return boxes.flatMap((box) => {
    const [part, result] = [cutOut(input, box), cutOut(output, box)]
    return part && result ? [{ input: part, output: result }] : []
  })
}
