/** Why a text does not count as reasoning. */
export type ReasoningFlaw = 'no reasoning' | 'error text' | 'refused' | 'truncated' | 'rejected'

/** The Python original stored its client's errors in place of reasoning; so do other tools. */
const errorStart = new RegExp(
  `^(?:${[
    'ERROR(?![a-z])',
    '(?:Error|Exception):',
    'Error (?:code|calling|during|generating|getting|processing|occurred)\\b',
    'An (?:unexpected )?error occurred',
    'Failed to (?:get|generate|call|connect|fetch|parse)\\b',
    'Traceback \\(most recent call last\\)',
    '[\\w.]+(?:Error|Exception):',
    'HTTP(?:/\\d\\.\\d)? [45]\\d\\d\\b',
    '[45]\\d\\d (?:Client|Server) Error',
    '\\{\\s*"error"\\s*:',
  ].join('|')})`,
)

/** Messages of providers that refuse to answer now. Short ones only: a long text may be about such things. */
const limitWords =
  /\brate[ -]?limit|too many requests|quota (?:was )?exceeded|exceeded your (?:current )?quota|overloaded|temporarily unavailable/i
const limitLength = 400

const outcomes: readonly string[] = ['refused', 'truncated', 'rejected'] satisfies ReasoningFlaw[]

/**
 * @param outcome of the sample, if the file has one
 * @returns undefined for reasoning
 */
export function findReasoningFlaw(text: string | null, outcome?: unknown): ReasoningFlaw | undefined {
  const flaw = outcomes.find((name) => name === outcome)
  if (flaw !== undefined) return flaw as ReasoningFlaw // one of the list above
  const words = text?.trim() ?? ''
  if (words === '') return 'no reasoning'
  return isErrorText(words) ? 'error text' : undefined
}

function isErrorText(words: string): boolean {
  return errorStart.test(words) || (words.length <= limitLength && limitWords.test(words))
}
