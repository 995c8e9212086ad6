import type { Grid } from '../../domain/grids/grid.ts'
import { explainTable } from '../explain-table.ts'
import type { Feature } from '../features/feature.ts'
import { buildGrid, heightOf, widthOf } from '../grids.ts'
import { learnTables, type LearnedTable, type Rule } from '../learn-tables.ts'
import { inputsOf, type Evidence, type Step } from '../operation.ts'

export const lookUpPython = `
def look_up(grid, features, rules, otherwise):
    """Gives each cell what its features lead to, or what is otherwise so: a symbol, or the cell of another array."""
    table = {key: symbols for symbols, keys in rules for key in keys}
    output = grid.copy()
    for cell in np.ndindex(grid.shape):
        symbols = table.get(tuple(int(feature[cell]) for feature in features), otherwise)
        output[cell] = symbols if isinstance(symbols, int) else symbols[cell]
    return output`

/** More would never be used: each sample asks for one. */
const maxTables = 60
/** Keys per line of the program. */
const keysPerLine = 10
/** Up to this many keys need no line of their own. */
const keysBesides = 3

/** The first column is the cell itself. */
const stays: Rule = { copy: 0 }

/** What tables are learned from. */
export interface Source {
  readonly operation: string
  /** The first is the cell itself. */
  readonly columns: readonly Feature[]
  /** Words for a cell that keeps its symbol. */
  readonly unchanged: string
  /** The grid that the columns describe, cell by cell. */
  readonly base: (grid: Grid) => Grid | null
}

/** Learns what cells become from the columns of all inputs; cheapest first. */
export function proposeLookUps(source: Source, evidence: Evidence, isLate: () => boolean): Step[] {
  const inputs = inputsOf(evidence)
  const columns = source.columns.flatMap((column) =>
    isLate() ? [] : [{ ...column, values: Int16Array.from(inputs.flatMap((grid) => [...column.compute(grid)])) }],
  )
  const outputs = Int16Array.from(evidence.train.flatMap(({ output }) => output.flat()))
  return learnTables(columns, outputs, isLate)
    .sort((a, b) => a.cost - b.cost)
    .slice(0, maxTables)
    .map((table) => settleLookUp(source, table))
}

/** Turns a learned table into a step; the most frequent rule becomes the one for any other cell. */
export function settleLookUp(source: Source, { keys, rules: learnedRules, cost }: LearnedTable): Step {
  const { operation, columns, base } = source
  const rules = learnedRules.toSorted((a, b) => compareKeys(a.key, b.key))
  const keyFeatures = keys.flatMap((key) => columns[key] ?? [])
  const nameRule = (rule: Rule) => ('symbol' in rule ? String(rule.symbol) : (columns[rule.copy]?.call ?? ''))
  const groups = Map.groupBy(rules, ({ rule }) => nameRule(rule))
  const count = (rule: Rule) => groups.get(nameRule(rule))?.length ?? 0
  const otherwise = rules.reduce((most, { rule }) => (count(rule) > Math.max(1, count(most)) ? rule : most), stays)
  groups.delete(nameRule(otherwise))
  const becomes = (rule: Rule) => {
    if ('symbol' in rule) return `becomes colour ${rule.symbol}`
    return rule.copy === 0 ? source.unchanged : `becomes ${columns[rule.copy]?.words}`
  }
  const listedRules = [...groups.values()].flat()
  const byKey = new Map(listedRules.map(({ key, rule }) => [key.join(), rule]))
  const calls = keyFeatures.map(({ call }) => call).join(', ')
  return {
    operations: [operation],
    call: `look_up(${nameRule(stays)}, [${calls}], ${renderGroups(groups)}, ${nameRule(otherwise)})`,
    words: explainTable({
      features: keyFeatures,
      listedRules,
      otherwise,
      hasGuesses: rules.some(({ isGuessed }) => isGuessed),
      becomes,
    }),
    cost,
    apply(grid) {
      const cells = base(grid)
      if (!cells) return null
      const [height, width] = [heightOf(cells), widthOf(cells)]
      const copyIndexes = [otherwise, ...byKey.values()].flatMap((rule) => ('copy' in rule ? [rule.copy] : []))
      const values = new Map(
        [0, ...keys, ...copyIndexes].map((at) => [at, columns[at]?.compute(grid) ?? new Int16Array()]),
      )
      if ([...values.values()].some(({ length }) => length !== height * width)) return null
      return buildGrid(height, width, (y, x) => {
        const valueOf = (column: number) => values.get(column)?.[y * width + x] ?? -1
        const rule = byKey.get(keys.map(valueOf).join()) ?? otherwise
        return 'symbol' in rule ? rule.symbol : valueOf(rule.copy)
      })
    },
  }
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  return a.map((value, index) => value - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0
}

/** A line for each result; all on one line if there are few keys. */
function renderGroups(groups: ReadonlyMap<string, LearnedTable['rules']>): string {
  const lines = [...groups].map(([becomes, rules]) => {
    const keys = rules.map(({ key }, at) => {
      const gap = at === 0 ? '' : at % keysPerLine === 0 ? '\n            ' : ' '
      return `${gap}(${key.join(', ')}${key.length === 1 ? ',' : ''})`
    })
    return `(${becomes}, [${keys.join(',')}])`
  })
  if (lines.length <= 1 && [...groups.values()].flat().length <= keysBesides) return `[${lines.join('')}]`
  return `[\n${lines.map((line) => `        ${line},\n`).join('')}    ]`
}
