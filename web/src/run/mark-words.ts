import { markLetters, type SampleMark } from '../../../src/domain/results/sample-mark.ts'
import type { Resolution } from '../../../src/domain/scores/tally-item.ts'

export interface MarkWords {
  readonly mark: SampleMark
  /** In the stored row. */
  readonly letter: string
  /** The sign in a cell, so that nothing depends on colour alone. */
  readonly sign: string
  readonly words: string
}

const signs: Readonly<Record<SampleMark, readonly [sign: string, words: string]>> = {
  right: ['✓', 'right'],
  'train-only': ['≈', 'passes train, wrong on test'],
  wrong: ['×', 'wrong'],
  'wrong-size': ['□', 'wrong size'],
  error: ['!', 'program error'],
  stopped: ['■', 'program stopped'],
  unparseable: ['?', 'nothing to read'],
  truncated: ['…', 'truncated'],
  refused: ['–', 'refused'],
  rejected: ['⊘', 'rejected'],
  explained: ['¶', 'explained'],
}

// All of `markLetters`, in its order.
const marks = Object.keys(signs) as SampleMark[]

export const markWords: readonly MarkWords[] = marks.map((mark) => {
  const [sign, words] = signs[mark]
  return { mark, letter: markLetters[mark], sign, words }
})

const byLetter = new Map(markWords.map((each) => [each.letter, each]))

export function findMark(letter: string | undefined): MarkWords | undefined {
  return letter === undefined ? undefined : byLetter.get(letter)
}

export const resolutionWords: Readonly<Record<Resolution, string>> = {
  solved: 'solved',
  'right-not-chosen': 'right, not chosen',
  'no-right-candidate': 'no right candidate',
  'not-recorded': 'not recorded',
}
