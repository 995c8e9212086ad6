import type { Grid } from '../../domain/grids/grid.ts'
import { countSymbols, mapCells } from '../grids.ts'
import { changeGrids, defineWrapper, inputsOf } from '../operation.ts'

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
    const result = rule(rename(grid, names))
    return result && mapCells(result, (name) => names.indexOf(name))
  },
  *propose(evidence) {
    const inputs = inputsOf(evidence).map(countSymbols)
    const varying = [...Array(10).keys()].filter(
      (colour) => inputs.some((counts) => counts[colour]) && inputs.some((counts) => !counts[colour]),
    )
    if (varying.length < 2) return
    yield {
      settled: [varying],
      inner: changeGrids(evidence, (grid, input) => rename(grid, nameByRank(input, varying))),
    }
  },
  examples: [[[1, 2, 3, 4]]],
})

const rename = (grid: Grid, names: readonly number[]) => mapCells(grid, (symbol) => names[symbol] ?? symbol)

function nameByRank(grid: Grid, varying: readonly number[]): number[] {
  const counts = countSymbols(grid)
  const ranking = [...varying].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0))
  const names = [...Array(10).keys()]
  for (const [rank, colour] of ranking.entries()) names[colour] = varying[rank] ?? colour
  return names
}
