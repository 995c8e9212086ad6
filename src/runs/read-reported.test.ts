import { describe, expect, test } from '@jest/globals'
import type { Judged } from '../domain/compare/rescoring.ts'
import { intervalSettings } from '../domain/scores/interval.ts'
import { readReported } from './read-reported.ts'

const half = { value: 0.5, low: 0.1, high: 0.9 }
const now: Judged = {
  outcomes: { answered: 2 },
  verdicts: { correct: 1, wrong: 1 },
  scores: [
    {
      dataset: 'd',
      split: 'training',
      tasks: 2,
      test_outputs: 2,
      leaderboard: half,
      strict: half,
      per_output: half,
      pass_at: [half],
    },
  ],
  scoring: { selection_rule: { name: 'vote', version: 2 }, intervals: intervalSettings },
  resolutions: { solved: 1, 'right-not-chosen': 0, 'no-right-candidate': 1, 'not-recorded': 0 },
  solved_task_ids: ['a'],
  unsolved_task_ids: ['b'],
}

function read(report: string | undefined): Promise<Judged> {
  return readReported({ findReport: async () => report, locate: (name) => `runs/one/${name}` }, now)
}

describe('the numbers of a report', () => {
  test('are those of the report, without its other fields', async () => {
    const reported = { ...now, solved_task_ids: [], unsolved_task_ids: ['a', 'b'], verdicts: { wrong: 2 } }
    expect(await read(JSON.stringify({ ...reported, run_id: 'one', analysis: {} }))).toEqual(reported)
  })

  test('are computed where there is no report, and for fields that an older one lacks', async () => {
    expect(await read(undefined)).toEqual(now)
    expect(await read('{"scores": null, "verdicts": {"wrong": 2}}')).toEqual({
      ...now,
      scores: null,
      verdicts: { wrong: 2 },
    })
  })

  test.each([
    ['{"scores"', ': not JSON'],
    ['null', ': an object is needed'],
    ['[]', ': an object is needed'],
    ['{"verdicts": {"wrong": "2"}}', ' at verdicts.wrong: a number is needed; found "2"'],
    ['{"solved_task_ids": "a"}', ' at solved_task_ids: a list is needed; found "a"'],
    ['{"scores": [{"dataset": "d"}]}', ' at scores[0].split: a text is needed; it is missing'],
    ['{"scoring": {}}', ' at scoring.selection_rule: an object is needed; it is missing'],
  ])('are refused with the place of the fault when the report is %s', async (report, fault) => {
    await expect(read(report)).rejects.toThrow(`runs/one/report.json${fault}`)
  })
})
