import type { Grid } from '../../domain/grids/grid.ts'
import { backgroundOf } from '../grids.ts'
import { changeGrids, defineWrapper, inputsOf } from '../operation.ts'
import { turnGrid } from '../symmetries.ts'

const turns: Readonly<Record<string, string>> = {
  'as it is': 'as it is',
  'turned right': 'turned left',
  'turned half': 'turned half',
  'turned left': 'turned right',
}

/** Grids are turned so that their fullest side is on top, and the result is turned back. */
export const oriented = defineWrapper<[]>({
  name: 'oriented',
  python: `
def oriented(grid, rule):
    """Turns the grid so that its fullest side is on top, applies the rule, and turns back."""
    turns = {"as it is": "as it is", "turned right": "turned left", "turned half": "turned half", "turned left": "turned right"}
    how = max(turns, key=lambda how: (turn(grid, how)[0] != background(grid)).sum())
    return turn(rule(turn(grid, how)), turns[how])`,
  words: () => `I turn each grid so that its fullest side is on top, and turn the result back.`,
  cost: 2,
  apply(grid, rule) {
    const how = orient(grid)
    const turned = turnGrid(grid, how)
    const result = turned && rule(turned)
    return result && turnGrid(result, turns[how] ?? how)
  },
  *propose(evidence) {
    if (inputsOf(evidence).every((grid) => orient(grid) === 'as it is')) return
    yield { settled: [], inner: changeGrids(evidence, (grid, input) => turnGrid(grid, orient(input)) ?? grid) }
  },
  examples: [[]],
})

function orient(grid: Grid): string {
  const empty = backgroundOf(grid)
  const filled = (how: string) => turnGrid(grid, how)?.[0]?.filter((symbol) => symbol !== empty).length ?? 0
  const names = Object.keys(turns)
  const most = Math.max(...names.map(filled))
  return names.find((how) => filled(how) === most) ?? 'as it is'
}
