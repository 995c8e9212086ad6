import { expect, test } from '@jest/globals'
import type { SplitScores } from '../domain/scores/score-tallies.ts'
import { listScores } from './list-scores.ts'

const scoresOf = (tasks: number) => [{ dataset: 'one', split: 'all', tasks } as SplitScores]
const listWords = (total: number) =>
  listScores({ tasks: { total, done: 0, failed: 0 }, scores: scoresOf(total), recorded_scores: null }).map(
    ({ over }) => over,
  )

test('says what scores of an unfinished run are over, for one task and for several', () => {
  expect(listWords(1)).toEqual(['1 task, which is not recorded and counts as wrong'])
  expect(listWords(2)).toEqual(['all 2 tasks; 2 not recorded count as wrong'])
})
