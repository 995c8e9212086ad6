import type { Feature } from './features/feature.ts'
import type { LearnedTable, Rule } from './learn-tables.ts'

/** Longer lists tell a reader no more; the program has them whole. */
const maxListed = 6

interface ExplainedTable {
  /** The features that form the keys. */
  readonly features: readonly Feature[]
  /** Rules that are listed one by one, and the one for any other cell. */
  readonly listedRules: LearnedTable['rules']
  readonly otherwise: Rule
  /** Whether any rule was guessed, listed or not. */
  readonly hasGuesses: boolean
  readonly becomes: (rule: Rule) => string
}

/**
 * Explains the table: the features it uses, a line for each result with all the keys that lead to it, and the rule for all other
 * cells.
 */
export function explainTable({ features, listedRules, otherwise, hasGuesses, becomes }: ExplainedTable): string {
  const tell = (rules: LearnedTable['rules']) =>
    [...Map.groupBy(rules, ({ rule }) => becomes(rule))].map(
      ([becomes, those]) => `- ${listKeys(those, features)}: it ${becomes}.`,
    )
  return [
    `What a cell becomes depends on ${features.map(({ words }) => words).join(' and ')}:`,
    ...tell(listedRules.filter(({ isGuessed }) => !isGuessed)),
    `- ${listedRules.length > 0 ? 'Any other' : 'Any'} cell ${becomes(otherwise)}.`,
    ...(hasGuesses ? ['The test also holds what no pair shows; I treat it like what is nearest to it.'] : []),
    ...tell(listedRules.filter(({ isGuessed }) => isGuessed)),
  ].join('\n')
}

/** Keys that differ only in their last value are grouped. */
function listKeys(rules: LearnedTable['rules'], features: readonly Feature[]): string {
  const keyTexts = rules.map(({ key }) => key.map((value, index) => describeValue(value, features[index])))
  const together = Map.groupBy(keyTexts, (values) => values.slice(0, -1).join(' with '))
  const texts = [...together].map(([first, keys]) => {
    const last = listSome(keys.map((values) => values.at(-1) ?? ''))
    return first ? `${first} with ${last}` : last
  })
  return listSome(texts, '; ', '; or ')
}

function describeValue(value: number, feature: Feature | undefined): string {
  if (feature?.words.startsWith('whether')) return value === 1 ? 'yes' : 'no'
  if (feature?.isColour) return value < 0 ? 'no colour' : `colour ${value}`
  return value < 0 && feature?.hasNone ? 'none' : String(value)
}

function listSome(texts: readonly string[], separator = ', ', last = ' or '): string {
  const more = texts.length - maxListed
  const listedTexts = more > 0 ? [...texts.slice(0, maxListed), `one of ${more} more`] : texts
  return [listedTexts.slice(0, -1).join(separator), ...listedTexts.slice(-1)].filter(Boolean).join(last)
}
