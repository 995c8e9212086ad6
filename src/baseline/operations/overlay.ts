import type { Grid } from '../../domain/grid.ts'
import { backgroundOf, buildGrid, cellAt, heightOf, widthOf } from '../grids.ts'
import { learnTables, type Rule } from '../learn-tables.ts'
import type { Evidence, Operation, Step } from '../operation.ts'
import { defineOperation } from '../operation.ts'
import { describeSplit, nth, proposeSplits, splitGrid, type Split } from '../parts.ts'
import { renderPythonLiteral } from '../render-python-literal.ts'

type Rules = readonly { readonly key: readonly number[]; readonly rule: Rule }[]

/** Parts of the grid laid on each other; a learned table says what each cell becomes: and, or, exclusive or, and more. */
export const overlay: Operation = {
  name: 'overlay',
  python: `
def overlay(grid, how, keys, rules):
    """Lays the parts of the grid on each other; the rules say what the symbols of some parts make: a symbol, or (part,)."""
    parts = parts_of(grid, how)
    output = parts[0].copy()
    for cell in np.ndindex(output.shape):
        rule = rules.get(tuple(int(parts[key][cell]) for key in keys), 0)
        output[cell] = parts[rule[0]][cell] if isinstance(rule, tuple) else rule
    return output`,
  propose: proposeOverlays,
  examples: [
    settle(
      [1, 2],
      [0, 1],
      [
        { key: [1, 1], rule: { symbol: 3 } },
        { key: [0, 1], rule: { copy: 1 } },
      ],
      0,
    ),
    settle(null, [0], [{ key: [1], rule: { symbol: 3 } }], 0),
  ],
}

function* proposeOverlays({ train, testInputs }: Evidence, isLate: () => boolean): Iterable<Step> {
  for (const split of proposeSplits(train)) {
    const grids = [...train.map((pair) => pair.input), ...testInputs]
    const parts = grids.map((grid) => splitGrid(grid, split) ?? [])
    const count = parts[0]?.length ?? 0
    if (count > 9 || parts.some((list) => list.length !== count)) continue
    const columns = Array.from({ length: count }, (_, part) => ({
      cost: 0,
      isColour: true,
      values: Int16Array.from(parts.flatMap((list) => list[part]?.flat() ?? [])),
    }))
    const outputs = Int16Array.from(train.flatMap((pair) => pair.output.flat()))
    for (const { keys, rules, cost } of learnTables(columns, outputs, isLate)) yield settle(split, keys, rules, cost)
  }
}

function settle(split: Split, keys: readonly number[], rules: Rules, cost: number): Step {
  const byKey = new Map(rules.map(({ key, rule }) => [key.join(), rule]))
  const entries = rules.map(({ key, rule }) => {
    const whole = key.length === 1 ? `(${key.join('')},)` : `(${key.join(', ')})`
    return `${whole}: ${'symbol' in rule ? rule.symbol : `(${rule.copy},)`}`
  })
  const says = rules.map(
    ({ key, rule }) =>
      `${key.join(' with ')} makes ${'symbol' in rule ? rule.symbol : `the colour in the ${nth(rule.copy)}`}`,
  )
  return {
    operations: ['overlay'],
    call: `overlay(grid, ${renderPythonLiteral(split)}, ${renderPythonLiteral(keys)}, {${entries.join(', ')}})`,
    words: `The grid falls into ${describeSplit(split)} that are laid on each other. What the ${keys.map(nth).join(' and the ')} hold at a place decides: ${says.join('; ')}.`,
    cost,
    apply(grid) {
      const parts = splitGrid(grid, split)
      const [first] = parts ?? []
      if (!parts || !first || keys.some((key) => !parts[key])) return null
      return buildGrid(heightOf(first), widthOf(first), (y, x) => {
        const at = (part: number) => cellAt(parts[part] ?? first, y, x)
        const rule = byKey.get(keys.map(at).join()) ?? { symbol: 0 }
        return 'symbol' in rule ? rule.symbol : at(rule.copy)
      })
    },
  }
}

/** Parts stacked: where a part is empty, the next one shows through. */
export const stack = defineOperation<[split: Split, order: readonly number[]]>({
  name: 'stack',
  python: `
def stack(grid, how, order):
    """Stacks the parts; where one is empty, the next shows through."""
    parts = parts_of(grid, how)
    empty = background(grid)
    output = np.full(parts[0].shape, empty)
    for part in reversed(order):
        output = np.where(parts[part] != empty, parts[part], output)
    return output`,
  apply(grid, split, order) {
    const parts = splitGrid(grid, split)
    const [first] = parts ?? []
    if (!parts || !first || order.some((part) => !parts[part])) return null
    const empty = backgroundOf(grid)
    return buildGrid(heightOf(first), widthOf(first), (y, x) => {
      const symbols = order.map((part) => cellAt(parts[part] ?? first, y, x))
      return symbols.find((symbol) => symbol !== empty) ?? empty
    })
  },
  words: (split, order) =>
    `The grid falls into ${describeSplit(split)} that are stacked, from the top the ${order.map(nth).join(', the ')}; where one is empty, the next shows.`,
  cost: (_, order) => 4 + order.length / 2,
  propose: proposeStacks,
  examples: [
    [
      [1, 2],
      [1, 0],
    ],
    [
      [2, 2],
      [3, 1, 0, 2],
    ],
  ],
})

function* proposeStacks({ train }: Evidence): Iterable<[Split, number[]]> {
  for (const split of proposeSplits(train)) {
    const counts = new Set(train.map(({ input }: { input: Grid }) => splitGrid(input, split)?.length ?? 0))
    const [count = 0] = counts
    if (counts.size === 1 && count <= 5) for (const order of listOrders(count)) yield [split, order]
  }
}

function listOrders(count: number): number[][] {
  if (count === 0) return [[]]
  return listOrders(count - 1).flatMap((order) =>
    Array.from({ length: count }, (_, at) => [...order.slice(0, at), count - 1, ...order.slice(at)]),
  )
}
