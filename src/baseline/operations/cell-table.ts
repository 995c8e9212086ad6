import { featureFamilies } from '../features/list-features.ts'
import type { Feature } from '../features/feature.ts'
import { keepsSize, widthOf } from '../grids.ts'
import { learnTables, type Column, type LearnedTable, type Rule } from '../learn-tables.ts'
import type { Evidence, Operation, Step } from '../operation.ts'

const features: readonly Feature[] = featureFamilies.flatMap((family) => family.features)

/** The first feature is the cell itself; a rule that copies it is what happens without a rule. */
const ownColour = 0

/** More would not be looked at: a sample each asks for one. */
const mostTables = 60

const exampleRules = [0, 1, 2, 3, 4].map((value) => ({ key: [value], rule: { symbol: 9 - value } }))
const copyAll = (feature: Feature) =>
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((value) => ({ key: [value], rule: { copy: features.indexOf(feature) } }))

/** Longer lists say no more to a reader; the program has them whole. */
const mostValuesTold = 6

/** Rules that a line of the program holds. */
const rulesPerLine = 6

/**
 * Learns from the train pairs what becomes of each cell, given a few features of it.
 *
 * One family stands for many: growing, outlining, filling, connecting, casting rays, mirroring and recolouring objects by
 * what they are like all come out as tables.
 */
export const cellTable: Operation = {
  name: 'look_up',
  python: `
def look_up(grid, features, rules):
    """Gives each cell what the rule for its features says: a symbol, or the cell of another array."""
    output = grid.copy()
    for cell in np.ndindex(grid.shape):
        rule = rules.get(tuple(int(feature[cell]) for feature in features))
        if rule is not None:
            output[cell] = rule if isinstance(rule, int) else rule[cell]
    return output`,
  propose: proposeTables,
  examples: features.map((feature) =>
    settle({ keys: [feature], rules: feature.isColour ? copyAll(feature) : exampleRules, cost: 0 }),
  ),
}

function proposeTables({ train, testInputs }: Evidence, isLate: () => boolean): Step[] {
  if (!keepsSize(train)) return []
  const inputs = [...train.map((pair) => pair.input), ...testInputs]
  const columns: Column[] = []
  for (const feature of features) {
    if (isLate()) return []
    columns.push({ ...feature, values: concatenate(inputs.map((grid) => feature.compute(grid))) })
  }
  const outputs = Int16Array.from(train.flatMap((pair) => pair.output.flat()))
  return learnTables(columns, outputs, isLate)
    .sort((a, b) => a.cost - b.cost)
    .slice(0, mostTables)
    .map(({ keys, rules, cost }) => {
      const changing = rules.filter(({ rule }) => !('copy' in rule && rule.copy === ownColour))
      return settle({ keys: keys.flatMap((key) => features[key] ?? []), rules: changing, cost })
    })
}

function concatenate(parts: readonly Int16Array[]): Int16Array {
  return Int16Array.from(parts.flatMap((part) => [...part]))
}

interface SettledTable extends Pick<LearnedTable, 'rules' | 'cost'> {
  readonly keys: readonly Feature[]
}

function settle({ keys, rules, cost }: SettledTable): Step {
  const byKey = new Map(rules.map(({ key, rule }) => [key.join(), rule]))
  return {
    operations: ['look_up'],
    call: `look_up(grid, [${keys.map((key) => key.call).join(', ')}], ${renderRules(rules)})`,
    words: explain(keys, rules),
    cost,
    apply(grid) {
      const values = keys.map((key) => key.compute(grid))
      const copied = new Map<number, Int16Array>()
      const width = widthOf(grid)
      return grid.map((row, y) =>
        row.map((symbol, x) => {
          const cell = y * width + x
          const rule = byKey.get(values.map((value) => value[cell] ?? 0).join())
          if (!rule) return symbol
          if ('symbol' in rule) return rule.symbol
          const from = copied.get(rule.copy) ?? features[rule.copy]?.compute(grid) ?? new Int16Array()
          copied.set(rule.copy, from)
          return from[cell] ?? symbol
        }),
      )
    },
  }
}

function renderRules(rules: SettledTable['rules']): string {
  const entries = rules.map(({ key, rule }) => `${renderKey(key)}: ${renderRule(rule)}`)
  if (entries.length <= 3) return `{${entries.join(', ')}}`
  const lines = entries.flatMap((_, at) =>
    at % rulesPerLine === 0 ? [entries.slice(at, at + rulesPerLine).join(', ')] : [],
  )
  return `{\n${lines.map((line) => `        ${line},\n`).join('')}    }`
}

function renderKey(key: readonly number[]): string {
  return key.length === 1 ? `(${key.join('')},)` : `(${key.join(', ')})`
}

function renderRule(rule: Rule): string {
  return 'symbol' in rule ? String(rule.symbol) : (features[rule.copy]?.call ?? 'grid')
}

/** What is looked at, and a line for each thing that cells become, with all that leads to it. */
function explain(keys: readonly Feature[], rules: SettledTable['rules']): string {
  const learned = tell(
    keys,
    rules.filter(({ isGuessed }) => !isGuessed),
  )
  const guessed = tell(
    keys,
    rules.filter(({ isGuessed }) => isGuessed),
  )
  return [
    `What a cell becomes depends on ${keys.map((key) => key.words).join(' and ')}:`,
    ...learned,
    '- Any other cell stays as it is.',
    ...(guessed.length === 0
      ? []
      : ['The test also holds what no pair shows; I treat it like what is nearest to it:', ...guessed]),
  ].join('\n')
}

function tell(keys: readonly Feature[], rules: SettledTable['rules']): string[] {
  const leading = new Map<string, string[]>()
  for (const { key, rule } of rules) {
    const becomes = 'symbol' in rule ? `colour ${rule.symbol}` : (features[rule.copy]?.words ?? '')
    const values = key.map((value, index) => describeValue(value, keys[index])).join(' and ')
    leading.set(becomes, [...(leading.get(becomes) ?? []), values])
  }
  return [...leading].map(([becomes, values]) => `- ${listValues(values)}: it becomes ${becomes}.`)
}

function describeValue(value: number, feature: Feature | undefined): string {
  if (feature?.words.startsWith('whether')) return value === 1 ? 'yes' : 'no'
  if (feature?.isColour) return value < 0 ? 'no colour' : `colour ${value}`
  return value < 0 && feature?.hasNone ? 'none' : String(value)
}

function listValues(values: readonly string[]): string {
  const shown = values.slice(0, mostValuesTold)
  const more = values.length - shown.length
  return shown.join(', or ') + (more > 0 ? `, or one of ${more} more` : '')
}
