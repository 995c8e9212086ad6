import { describe, expect, test } from '@jest/globals'
import { renderCost, renderDuration } from '../domain/format.ts'
import type { RunDocument } from '../domain/results/run-document.ts'
import { chooseLimits } from '../domain/runs/program-limits.ts'
import { intervalSettings } from '../domain/scores/interval.ts'
import { renderReport } from './render-report.ts'

const document: RunDocument = {
  run_id: 'run',
  group: 'run',
  kind: 'benchmark',
  recipe: 'code',
  model: 'MODEL',
  state: 'complete',
  reason: null,
  tasks: { total: 4, done: 3, failed: 1 },
  samples: { wanted: 8, stored: 7, repaid: 1 },
  requests: { sent: 9, failed: 1, rejected: 0, in_flight: 0 },
  batches: [],
  rejections: [],
  verdicts: { wrong: 2, correct: 5 },
  outcomes: { answered: 7 },
  usage: { prompt_tokens: 12345, completion_tokens: 678 },
  cost_at_least_usd: 0.1,
  cost_at_most_usd: 0.1,
  warnings: [],
  cost_usd: 1.5,
  scores: [
    {
      dataset: 'arc',
      split: 'training',
      tasks: 4,
      test_outputs: 5,
      leaderboard: { value: 0.625, low: 0.2, high: 0.9 },
      strict: { value: 0.5, low: 0.15, high: 0.85 },
      per_output: { value: 0.6, low: 0.2, high: 0.9 },
      pass_at: [
        { value: 0.6, low: 0.2, high: 0.9 },
        { value: 0.75, low: 0.3, high: 0.95 },
      ],
    },
  ],
  recorded_scores: null,
  served: null,
  scoring: {
    selection_rule: { name: 'rule', version: 1 },
    intervals: intervalSettings,
  },
  resolutions: { solved: 2, 'right-not-chosen': 1, 'no-right-candidate': 0, 'not-recorded': 1 },
  solved_task_ids: ['a', 'b'],
  unsolved_task_ids: ['c'],
  failed_items: [{ item: 'd', reason: 'nothing came', at: '' }],
  any_sample_right: 3,
  sandboxes: [{ level: 'bwrap', pythonVersion: '3.11.2', numpyVersion: '1.24.2' }],
  limits: chooseLimits(),
  open_seconds: 75,
  started_at: '',
  ended_at: '',
  results_file: 'file.json',
  report_file: null,
  temporal_ui: null,
  waiting_for: null,
  waiting_since: null,
  limited_by: null,
  failing_since: null,
  ending: null,
}

describe('renderReport', () => {
  test('tells solved tasks from those that an oracle would count', () => {
    const report = renderReport(document)
    expect(report).toMatch(/Solved +2 of 3 recorded \(66\.7 %\), 50\.0 % of all 4/)
    expect(renderReport({ ...document, tasks: { total: 4, done: 4, failed: 0 } })).toMatch(/Solved +2 of 4 \(50\.0 %\)/)
    expect(report).toMatch(/Any sample right +3 of 4 \(an oracle/)
  })

  test('names each score, with its interval', () => {
    const report = renderReport(document)
    expect(report).toContain('## Scores on arc training (all 4 tasks; 4 not recorded count as wrong; 95 %')
    expect(report).toMatch(/leaderboard +62\.5 % +\(20\.0 to 90\.0\)/)
    expect(report).toMatch(/pass@2 +75\.0 % .* an oracle:/)
  })

  test('tells errors of generation from those of selection', () =>
    expect(renderReport(document)).toMatch(
      /Unsolved +0 without a right candidate, 1 with one that was not selected, 1 not recorded/,
    ))

  test('gives an unfinished run both scores, and says what each is over', () => {
    const recorded_scores = document.scores?.map((scores) => ({ ...scores, tasks: 3 })) ?? []
    const report = renderReport({ ...document, recorded_scores })
    expect(report).toContain('## Scores on arc training (the 3 tasks recorded so far; 95 %')
    expect(report).toContain('## Scores on arc training (all 4 tasks; 1 not recorded counts as wrong; 95 %')
  })

  test('gives a finished run one score', () => {
    const report = renderReport({ ...document, tasks: { total: 4, done: 4, failed: 0 } })
    expect(report.match(/## Scores/g)).toHaveLength(1)
    expect(report).toContain('## Scores on arc training (4 tasks; 95 %')
  })

  test('says that several hosts answered, beside the score, with the score of each', () => {
    const by = ['Azure', 'Novita'].map((host, index) => ({
      host,
      model: 'm',
      samples: 4 - index,
      scores: [
        {
          dataset: 'arc',
          split: 'training',
          tasks: 3,
          samples: 4 - index,
          pass_at_1: { value: 0.5, low: 0.1, high: 0.9 },
        },
      ],
    }))
    const served = {
      by,
      mixed_samples: 1,
      unknown_samples: 0,
      service_tiers: { flex: 7 },
      system_fingerprints: {},
      base_urls: {},
    }
    const report = renderReport({ ...document, served })
    expect(report).toContain(
      'Served by         Azure, m (4 samples); Novita, m (3 samples); 1 sample by several of them; service tier flex',
    )
    const scores = report.slice(report.indexOf('## Scores on'))
    expect(scores).toContain('## Score by host and snapshot on arc training (more than one answered)')
    expect(scores).toContain('Azure, m   50.0 % (10.0 to 90.0)   4 samples of 3 tasks')
    const single = renderReport({ ...document, served: { ...served, by: by.slice(0, 1), mixed_samples: 0 } })
    expect(single).toContain('Served by         Azure, m; service tier flex')
    expect(single).not.toContain('Score by host')
    expect(
      renderReport({ ...document, served: { ...served, by: [], mixed_samples: 0, service_tiers: {} } }),
    ).not.toContain('Served by')
  })

  test('divides the cost by the solved tasks', () =>
    expect(renderReport(document)).toMatch(/Cost +\$1\.50, \$0\.75 a solved task/))

  test('says what lost requests may have cost, once the run waits for nothing more', () => {
    const ended = { ...document, ended_at: '2026-11-27T04:15:10.123Z', cost_at_least_usd: 1.5 }
    expect(renderReport({ ...ended, cost_at_most_usd: 2.75 })).toMatch(
      /Cost +\$1\.50.*\nPossibly charged +at most \$1\.25 more for requests whose replies were lost/,
    )
    expect(renderReport({ ...ended, cost_at_most_usd: null })).toMatch(/Possibly charged +an unknown sum more/)
    expect(renderReport({ ...ended, cost_at_most_usd: 1.5 })).not.toContain('Possibly charged')
    expect(renderReport({ ...ended, ended_at: null, cost_at_most_usd: 2.75 })).not.toContain('Possibly charged')
  })

  test('says what failed, and why', () => expect(renderReport(document)).toContain('- d: nothing came'))

  test('says what was rejected, why and how often, and does not call it answered', () => {
    const report = renderReport({ ...document, rejections: [{ reason: '400: no system role', count: 3 }] })
    expect(report).toContain('- 3 × 400: no system role')
    expect(report).toMatch(/Samples +4 of 8 answered, 3 rejected/)
  })

  test('says of an open run what is in flight, since when, and what failed last', () => {
    const requests = { ...document.requests, in_flight: 5 }
    const waiting_since = '2026-11-27T04:15:10.123Z'
    const report = renderReport({ ...document, state: 'running', requests, waiting_since, waiting_for: '429: slow' })
    expect(report).toMatch(/In flight +5, the oldest since 2026-11-27 04:15:10 UTC/)
    expect(report).toMatch(/Last failure +429: slow/)
  })

  test('names no more tasks than asked to, and says how many there are', () =>
    expect(renderReport(document, 1)).toContain('## Solved (2)\n\na and 1 more'))

  test('gives the reason why a run ended', () =>
    expect(renderReport({ ...document, state: 'failed', reason: '401: no' })).toMatch(/State +failed: 401: no/))
})

test.each([
  [9.94, '9.9 s'],
  [59, '59 s'],
  [75, '1 min 15 s'],
  [7_260, '2 h 1 min'],
])('%d seconds are %s', (seconds, text) => expect(renderDuration(seconds)).toBe(text))

test.each([
  [0, '$0.00'],
  [0.00042, '$0.00042'],
  [12.345, '$12.35'],
])('%d USD are %s', (usd, text) => expect(renderCost(usd)).toBe(text))

test('an unknown cost is not shown as 0', () => expect(renderCost(null)).toContain('unknown'))
