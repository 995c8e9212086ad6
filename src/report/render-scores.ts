import { renderPercent } from '../domain/format.ts'
import type { Score, SplitScores } from '../domain/scores/score-tallies.ts'

type Row = readonly [name: string, value: string]

/** The scores of one split for people, each under its own name, as names and values. */
export function renderScores(scores: SplitScores): Row[] {
  return [
    ['leaderboard', `${renderScore(scores.leaderboard)}   mean over tasks of the test outputs right in two attempts`],
    ['strict', `${renderScore(scores.strict)}   tasks with all test outputs right in two attempts`],
    ['per output', `${renderScore(scores.per_output)}   test outputs right in two attempts`],
    ...listPassAt(scores).map(({ k, score }): Row => [
      `pass@${k}`,
      `${renderScore(score)}   an oracle: any of ${k} right`,
    ]),
  ]
}

/** The oracle's scores to show: for many k, the powers of two and the last are enough. */
export function listPassAt({ pass_at }: SplitScores): { readonly k: number; readonly score: Score }[] {
  return pass_at
    .map((score, index) => ({ k: index + 1, score }))
    .filter(({ k }) => k === pass_at.length || Math.log2(k) % 1 === 0)
}

/** ` 33.0 %  (28.6 to 37.8)`: always the same width, so that they line up. */
function renderScore({ value, low, high }: Score): string {
  return `${renderPercent(value).padStart(5)} %  (${renderPercent(low)} to ${renderPercent(high)})`
}
