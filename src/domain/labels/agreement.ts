import type { Interval } from '../scores/interval.ts'
import { labelNames, nameSubject, type GivenLabel, type LabelName } from './label.ts'

/** How far two people agree, over the texts that both have labelled. */
export interface Agreement {
  readonly people: readonly [string, string]
  /** Texts that both labelled. */
  readonly texts: number
  /** Those to which both gave the same label. */
  readonly same: number
  /** `same` as a share of `texts`. */
  readonly agreement: number
  /** Cohen's kappa; null where it is undefined, because both gave one and the same label to every text. */
  readonly kappa: number | null
  /** Approximate 95 % interval of kappa, for many texts; null where kappa is null. */
  readonly kappa_interval: Interval | null
  /** How many texts got which labels: the first person's label, and then the second's. */
  readonly table: LabelTable
}

export type LabelTable = Readonly<Record<LabelName, Readonly<Record<LabelName, number>>>>

/**
 * Compares every two people with texts in common, those with most texts first. Labels of different texts, as before and after an
 * answer changed, are not compared.
 */
export function comparePeople(labels: readonly GivenLabel[]): Agreement[] {
  const people = [...new Set(labels.map(({ person }) => person))].toSorted()
  const byPerson = Map.groupBy(labels, ({ person }) => person)
  const pairs = people.flatMap((first, index) => people.slice(index + 1).map((second) => [first, second] as const))
  return pairs
    .map(([first, second]): Agreement => {
      const table = countPairs(byPerson.get(first) ?? [], byPerson.get(second) ?? [])
      return { people: [first, second], ...measureAgreement(table), table }
    })
    .filter(({ texts }) => texts > 0)
    .toSorted((a, b) => b.texts - a.texts)
}

/**
 * Raw agreement, and Cohen's kappa: the share by which agreement exceeds what the two people's own frequencies of labels would give
 * by chance, (p − e) / (1 − e). J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20
 * (1960), 37–46. Its large-sample standard error: J. L. Fleiss, J. Cohen, B. S. Everitt, Large sample standard errors of kappa and
 * weighted kappa, Psychological Bulletin 72 (1969), 323–327.
 */
export function measureAgreement(table: LabelTable): Omit<Agreement, 'people' | 'table'> {
  const texts = sum((row, column) => table[row][column])
  const same = sum((row, column) => (row === column ? table[row][column] : 0))
  const share = (row: LabelName, column: LabelName) => table[row][column] / texts
  const ofFirst = byLabel((label) => sum((row, column) => (row === label ? share(row, column) : 0)))
  const ofSecond = byLabel((label) => sum((row, column) => (column === label ? share(row, column) : 0)))
  const agreement = same / texts
  const isOneClass = labelNames.some((label) => table[label][label] === texts)
  if (isOneClass) return { texts, same, agreement, kappa: null, kappa_interval: null }

  const chance = sum((row, column) => (row === column ? ofFirst[row] * ofSecond[column] : 0))
  const kappa = (agreement - chance) / (1 - chance)
  const variance =
    sum((row, column) =>
      row === column
        ? share(row, column) * (1 - (ofFirst[row] + ofSecond[row]) * (1 - kappa)) ** 2
        : share(row, column) * (1 - kappa) ** 2 * (ofSecond[row] + ofFirst[column]) ** 2,
    ) -
    (kappa - chance * (1 - kappa)) ** 2
  const margin = (1.96 * Math.sqrt(Math.max(0, variance))) / ((1 - chance) * Math.sqrt(texts))
  const interval: Interval = [Math.max(-1, kappa - margin), Math.min(1, kappa + margin)]
  return { texts, same, agreement, kappa, kappa_interval: interval }
}

function countPairs(first: readonly GivenLabel[], second: readonly GivenLabel[]): LabelTable {
  const nameText = (label: GivenLabel) => `${nameSubject(label)}\n${label.text_hash}`
  const others = new Map(second.map((label) => [nameText(label), label.label]))
  const table = byLabel(() => byLabel(() => 0))
  for (const label of first) {
    const other = others.get(nameText(label))
    if (other !== undefined) table[label.label][other] += 1
  }
  return table
}

function byLabel<Value>(measure: (label: LabelName) => Value): Record<LabelName, Value> {
  return { right: measure('right'), lucky: measure('lucky'), wrong: measure('wrong'), unclear: measure('unclear') }
}

function sum(measure: (row: LabelName, column: LabelName) => number): number {
  return labelNames.reduce(
    (total, row) => total + labelNames.reduce((subtotal, column) => subtotal + measure(row, column), 0),
    0,
  )
}
