import { keepsSize, mapCells } from '../grids.ts'
import { defineOperation, type Evidence } from '../operation.ts'

type Colours = Readonly<Record<string, number>>

/** Each colour becomes another, the same everywhere. */
export const recolour = defineOperation<[colours: Colours]>({
  name: 'recolour',
  python: `
def recolour(grid, colours):
    return np.vectorize(lambda symbol: colours.get(int(symbol), symbol))(grid)`,
  apply: (grid, colours) => mapCells(grid, (symbol) => colours[symbol] ?? symbol),
  words: (colours) =>
    `Colours are exchanged: ${Object.entries(colours)
      .map(([from, to]) => `${from} becomes ${to}`)
      .join(', ')}.`,
  cost: (colours) => 2 + 2 * Object.keys(colours).length,
  propose: learnColours,
  examples: [[{ 1: 2, 2: 1 }], [{ 0: 5 }]],
})

function learnColours({ train }: Evidence): [Colours][] {
  if (!keepsSize(train)) return []
  const colours: Record<string, number> = {}
  for (const { input, output } of train) {
    for (const [y, row] of input.entries()) {
      for (const [x, symbol] of row.entries()) {
        const to = output[y]?.[x] ?? symbol
        if ((colours[symbol] ?? to) !== to) return []
        colours[symbol] = to
      }
    }
  }
  return [[Object.fromEntries(Object.entries(colours).filter(([from, to]) => Number(from) !== to))]]
}
