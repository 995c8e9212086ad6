import { markLetters, type SampleMark } from '../../../../src/domain/results/sample-mark.ts'
import type { Resolution } from '../../../../src/domain/scores/tally-item.ts'

/** Marks of one tone share a colour. */
export type MarkTone = 'good' | 'near' | 'bad' | 'plain'

export interface MarkWords {
  readonly mark: SampleMark
  /** In the stored row. */
  readonly letter: string
  readonly words: string
  readonly tone: MarkTone
  /**
   * The sign in a cell, so that nothing depends on colour alone: an SVG path to stroke, relative to the centre of the cell and
   * within ±6 of it. Drawn rather than written, because the glyphs would come from several fonts, and cost five times as much.
   */
  readonly sign: string
}

const signs: Readonly<Record<SampleMark, Omit<MarkWords, 'mark' | 'letter'>>> = {
  right: { words: 'right', tone: 'good', sign: 'm-4.5 .5l3 4l6-9' },
  'train-only': {
    words: 'passes train, wrong on test',
    tone: 'near',
    sign: 'm-5-1.5q2.5-3.5 5 0t5 0m-10 4.5q2.5-3.5 5 0t5 0',
  },
  wrong: { words: 'wrong', tone: 'plain', sign: 'm-4-4l8 8m0-8l-8 8' },
  'wrong-size': { words: 'wrong size', tone: 'plain', sign: 'm-4-4h8v8h-8z' },
  error: { words: 'program error', tone: 'bad', sign: 'm0-5v6m0 3.5v.2' },
  stopped: { words: 'program stopped', tone: 'bad', sign: 'm-3-3h6v1.5h-6v1.5h6v1.5h-6v1.5h6' },
  unparseable: { words: 'nothing to read', tone: 'plain', sign: 'm-3-3q.2-2.3 3-2.3t3 2.6t-1.6 2.6t-1.4 2.2m0 2.9v.2' },
  truncated: { words: 'truncated', tone: 'plain', sign: 'm-4.5 3.5h.2m4.2 0h.2m4.2 0h.2' },
  refused: { words: 'refused', tone: 'plain', sign: 'm-4 0h8' },
  rejected: { words: 'rejected', tone: 'plain', sign: 'm-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0m1.5 3.5l7-7' },
  explained: { words: 'explained', tone: 'plain', sign: 'm4.5-5h-5.5a2.6 2.6 0 0 0 0 5.2h2m0-5.2v10m2.5-10v10' },
}

// All of `markLetters`, in its order.
const marks = Object.keys(signs) as SampleMark[]

export const markWords: readonly MarkWords[] = marks.map((mark) => ({
  mark,
  letter: markLetters[mark],
  ...signs[mark],
}))

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
