/** A column of the data that a table is learned from: one number per cell, for all train cells and then all test cells. */
export interface Column {
  readonly cost: number
  readonly isColour: boolean
  readonly values: Int16Array
}

/** What cells with one key become: a symbol, or the symbol that a column holds at the cell. */
export type Rule = { readonly symbol: number } | { readonly copy: number }

interface LearnedRule {
  readonly key: readonly number[]
  readonly rule: Rule
  /** No train cell had this key, but a test cell does; it is treated like the nearest known keys. */
  readonly isGuessed?: true
}

/** A look-up from the values of a few columns (by index) to a rule; it is right for every train cell. */
export interface LearnedTable {
  readonly keys: readonly number[]
  readonly rules: readonly LearnedRule[]
  readonly cost: number
}

interface Coded extends Column {
  readonly index: number
  /** Values as small integers. */
  readonly codes: Int16Array
  readonly size: number
}

const symbolCount = 10
/** Rules are bits of an integer: ten symbols, then the columns that may be copied. */
const maxCopies = 21

/**
 * Learns every table over one, two or three columns that explains all train cells.
 *
 * For each key the set of fitting rules is kept as bits, and each train cell removes those that do not fit; a table fits if no
 * set becomes empty. Most pairs of columns fail within a few cells, which makes thousands of them affordable. Three columns are
 * tried only if the first of them is the first column (the cell's own colour).
 *
 * @param outputs the symbol that each train cell becomes; columns are longer by the test cells.
 * @param isLate called now and then; true ends the search with the tables found so far.
 */
export function learnTables(columns: readonly Column[], outputs: Int16Array, isLate: () => boolean): LearnedTable[] {
  const coded = codeColumns(columns)
  const ownColumn = coded[0]
  if (!ownColumn) return []
  const copies = coded.filter((column) => column.isColour).slice(0, maxCopies)
  const fitting = findFittingRules(copies, outputs)
  const tables: LearnedTable[] = []
  const attempt = (keys: readonly Coded[]) => {
    const sets = strikeOut(keys, fitting)
    if (sets) tables.push(settleTable(keys, sets, copies, outputs.length))
  }
  for (const [index, first] of coded.entries()) {
    if (isLate()) break
    attempt([first])
    for (const second of coded.slice(index + 1)) attempt([first, second])
  }
  // A third column explains almost anything; it is worth its cost only if fewer columns do not.
  if (tables.length > 3) return tables
  for (const [index, second] of coded.entries()) {
    if (isLate()) break
    if (index > 0) for (const third of coded.slice(index + 1)) attempt([ownColumn, second, third])
  }
  return tables
}

/** Gives each column small codes, and drops columns that separate cells no further than an earlier one. */
function codeColumns(columns: readonly Column[]): Coded[] {
  const tableKeys = new Set<string>()
  return columns.flatMap((column, index) => {
    const codes = new Map<number, number>()
    const coded = column.values.map((value) => {
      const code = codes.get(value) ?? codes.size
      codes.set(value, code)
      return code
    })
    const print = `${column.isColour ? column.values.join() : ''}|${coded.join()}`
    if (tableKeys.has(print) || (codes.size === 1 && !column.isColour)) return []
    tableKeys.add(print)
    return [{ ...column, index, codes: coded, size: codes.size }]
  })
}

function findFittingRules(copies: readonly Coded[], outputs: Int16Array): Int32Array {
  return Int32Array.from(outputs, (symbol, cell) =>
    copies.reduce(
      (bits, column, copy) => (column.values[cell] === symbol ? bits | (1 << (symbolCount + copy)) : bits),
      1 << symbol,
    ),
  )
}

/** The rules that fit all cells of each key; undefined as soon as a key has none. */
function strikeOut(
  keys: readonly Coded[],
  fitting: Int32Array,
): Map<number, { bits: number; count: number }> | undefined {
  const [a, b, c] = keys
  if (!a) return undefined
  const sizes = [b?.size ?? 1, c?.size ?? 1] as const
  const bits = new Int32Array(a.size * sizes[0] * sizes[1]).fill(-1)
  const counts = new Int32Array(bits.length)
  const [codesA, codesB, codesC] = [a.codes, b?.codes, c?.codes]
  for (let cell = 0; cell < fitting.length; cell += 1) {
    let key = codesA[cell] ?? 0
    if (codesB) key = key * sizes[0] + (codesB[cell] ?? 0)
    if (codesC) key = key * sizes[1] + (codesC[cell] ?? 0)
    const remaining = (bits[key] ?? 0) & (fitting[cell] ?? 0)
    if (remaining === 0) return undefined
    bits[key] = remaining
    counts[key] = (counts[key] ?? 0) + 1
  }
  const sets = new Map<number, { bits: number; count: number }>()
  for (const [key, count] of counts.entries()) if (count > 0) sets.set(key, { bits: bits[key] ?? 0, count })
  return sets
}

/** Chooses a rule for each key among those that fit: rules that explain most keys first, so that few are used. */
function settleTable(
  keys: readonly Coded[],
  sets: ReadonlyMap<number, { readonly bits: number; readonly count: number }>,
  copies: readonly Coded[],
  trainCells: number,
): LearnedTable {
  const remaining = new Map(sets)
  const rules: LearnedRule[] = []
  const values = readKeyValues(keys, trainCells)
  let cost = keys.reduce((sum, column) => sum + column.cost, 4 * keys.length)
  while (remaining.size > 0) {
    const { bit, price } = chooseRule(remaining, copies)
    cost += price
    for (const [key, { bits, count }] of remaining) {
      if (!(bits & (1 << bit))) continue
      remaining.delete(key)
      // A key seen once may be chance; agreement among many cells is not.
      cost += 0.3 + (count < 3 ? 1 : 0)
      const copy = copies[bit - symbolCount]
      rules.push({ key: values.get(key) ?? [], rule: copy ? { copy: copy.index } : { symbol: bit } })
    }
  }
  const unknownGroups = findUnknown(keys, sets, trainCells)
  const guesses = [...unknownGroups].flatMap(([key, cells]): LearnedRule[] => {
    const rule = guessRule(key, keys, rules)
    const copy = rule && 'copy' in rule ? copies.find(({ index }) => index === rule.copy)?.values : undefined
    const hasSymbols = !copy || cells.every((cell) => (copy[cell] ?? -1) >= 0)
    return rule && hasSymbols ? [{ key, rule, isGuessed: true }] : []
  })
  if (unknownGroups.size > 0) {
    const cells = [...unknownGroups.values()].reduce((sum, list) => sum + list.length, 0)
    const remaining = unknownGroups.size - guesses.length
    cost += (remaining > 0 ? 4 : 2) + remaining + guesses.length / 2 + Math.log2(cells) / 2
  }
  return { keys: keys.map((column) => column.index), rules: [...rules, ...guesses], cost }
}

function chooseRule(
  remaining: ReadonlyMap<number, { readonly bits: number; readonly count: number }>,
  copies: readonly Coded[],
): { bit: number; price: number } {
  let best = { bit: 0, price: 0, worth: -Infinity }
  for (let bit = 0; bit < symbolCount + copies.length; bit += 1) {
    let explained = 0
    for (const { bits } of remaining.values()) if (bits & (1 << bit)) explained += 1
    const copy = copies[bit - symbolCount]
    const price = copy ? (copy.index === 0 ? 0 : 1 + copy.cost) : 1.5
    const worth = explained - price
    if (explained > 0 && worth > best.worth) best = { bit, price, worth }
  }
  return best
}

/** The columns' own values behind each combined key. */
function readKeyValues(keys: readonly Coded[], trainCells: number): Map<number, number[]> {
  const values = new Map<number, number[]>()
  for (let cell = 0; cell < trainCells; cell += 1) {
    const key = combine(keys, cell)
    if (!values.has(key))
      values.set(
        key,
        keys.map((column) => column.values[cell] ?? 0),
      )
  }
  return values
}

/** Keys of test cells that no train cell had, with these cells: nothing was learned about them. */
function findUnknown(
  keys: readonly Coded[],
  sets: ReadonlyMap<number, unknown>,
  trainCells: number,
): ReadonlyMap<readonly number[], readonly number[]> {
  const groups = new Map<number, { readonly key: readonly number[]; readonly cells: number[] }>()
  for (let cell = trainCells; cell < (keys[0]?.codes.length ?? 0); cell += 1) {
    const code = combine(keys, cell)
    if (sets.has(code)) continue
    const group = groups.get(code) ?? { key: keys.map((column) => column.values[cell] ?? 0), cells: [] }
    group.cells.push(cell)
    groups.set(code, group)
  }
  return new Map([...groups.values()].map(({ key, cells }) => [key, cells]))
}

/** What most of the nearest known keys become; undefined if they disagree. */
function guessRule(key: readonly number[], keys: readonly Coded[], rules: LearnedTable['rules']): Rule | undefined {
  const away = rules.map((rule) =>
    keys.reduce((sum, column, at) => sum + tellApart(key[at] ?? 0, rule.key[at] ?? 0, column.isColour), 0),
  )
  const least = Math.min(...away)
  const votes = new Map<string, { readonly rule: Rule; count: number }>()
  for (const [index, { rule }] of rules.entries()) {
    if (away[index] !== least) continue
    const print = JSON.stringify(rule)
    const vote = votes.get(print) ?? { rule, count: 0 }
    vote.count += 1
    votes.set(print, vote)
  }
  const [first, second] = [...votes.values()].sort((a, b) => b.count - a.count)
  return first && first.count > (second?.count ?? 0) ? first.rule : undefined
}

/**
 * The distance of two values: two colours are close, a colour and none (or the background) are far apart; numbers by their
 * difference.
 */
function tellApart(a: number, b: number, isColour: boolean): number {
  if (a === b) return 0
  return isColour ? (a > 0 && b > 0 ? 1 : 4) : Math.min(4, Math.abs(a - b))
}

function combine(keys: readonly Coded[], cell: number): number {
  return keys.reduce((key, column) => key * column.size + (column.codes[cell] ?? 0), 0)
}
