import type { Grid } from '../../domain/grid.ts'
import { countSymbols, mapCells } from '../grids.ts'
import type { Evidence } from '../operation.ts'
import { defineWrapper } from '../operation.ts'

/** Colours that differ from grid to grid are named by their rank, so that a rule about “the commonest” needs no colour. */
export const inRoles = defineWrapper<[varying: readonly number[]]>({
  name: 'in_roles',
  python: `
def in_roles(grid, varying, rule):
    """Names the varying colours by how common they are, applies the rule, and gives the names back."""
    counts = np.bincount(grid.ravel(), minlength=10)
    names = np.arange(10)
    names[sorted(varying, key=lambda colour: -counts[colour])] = varying
    return np.argsort(names)[rule(names[grid])]`,
  words: (varying) =>
    `Colours ${varying.join(', ')} differ from pair to pair, so I name them by how common they are: the commonest is called ${varying[0]}.`,
  cost: 2,
  apply(grid, rule, varying) {
    const names = nameByRank(grid, varying)
    const result = rule(mapCells(grid, (symbol) => names[symbol] ?? symbol))
    return result && mapCells(result, (name) => names.indexOf(name))
  },
  *propose({ train, testInputs }) {
    const inputs = [...train.map(({ input }) => input), ...testInputs].map(countSymbols)
    const varying = [...Array(10).keys()].filter(
      (colour) => inputs.some((counts) => counts[colour]) && inputs.some((counts) => !counts[colour]),
    )
    if (varying.length < 2) return
    const rename = (grid: Grid, by: Grid) => {
      const names = nameByRank(by, varying)
      return mapCells(grid, (symbol) => names[symbol] ?? symbol)
    }
    const inner: Evidence = {
      train: train.map(({ input, output }) => ({ input: rename(input, input), output: rename(output, input) })),
      testInputs: testInputs.map((input) => rename(input, input)),
    }
    yield { settled: [varying], inner }
  },
  examples: [[[1, 2, 3, 4]]],
})

function nameByRank(grid: Grid, varying: readonly number[]): number[] {
  const counts = countSymbols(grid)
  const ranked = [...varying].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0))
  const names = [...Array(10).keys()]
  for (const [rank, colour] of ranked.entries()) names[colour] = varying[rank] ?? colour
  return names
}
