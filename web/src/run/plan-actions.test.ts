import { expect, test } from '@jest/globals'
import type { RunPageDocument } from '../../../src/api/documents.ts'
import { buildRunSummary } from '../../../test/support/build-run-summary.ts'
import { listActions } from './plan-actions.ts'

const about = (part: Partial<RunPageDocument['summary']>): RunPageDocument => ({
  summary: buildRunSummary({ run_id: 'one', ...part }),
  document: null,
  answers: null,
  controls: { max_concurrent_tasks: 5, save_interval: 10, budget_usd: null },
  has_report: false,
  seconds_left: null,
})
const names = (part: Partial<RunPageDocument['summary']>) => listActions(about(part)).map(({ name }) => name)
const left = { total: 20, done: 12, failed: 0 }

test('a run offers what makes sense in its state', () => {
  expect(names({ state: 'running' })).toEqual(['pause', 'window', 'budget', 'interrupt', 'cancel'])
  expect(names({ state: 'paused' })).toEqual(['unpause', 'window', 'budget', 'interrupt', 'cancel'])
  expect(names({ state: 'running', ending: 'interrupt' })).toEqual(['cancel'])
  expect(names({ state: 'running', ending: 'cancel' })).toEqual([])
  expect(names({ state: 'interrupted', tasks: left })).toEqual(['resume'])
  expect(names({ state: 'complete' })).toEqual([])
  expect(names({ state: 'complete', tasks: { total: 20, done: 18, failed: 2 } })).toEqual(['retry'])
})

test('a verification has no budget', () => {
  expect(names({ state: 'running', kind: 'verification', recipe: null, model: null })).not.toContain('budget')
})

test('what it will do is said with the numbers of the moment', () => {
  const explain = (inFlight: number) => listActions(about({ state: 'running', in_flight: inFlight }))[0]?.explanation
  expect(explain(0)).toBe('No new requests are sent until you unpause it. Costs nothing.')
  expect(explain(1)).toContain('1 request in flight is waited for, and its answer is stored.')
  expect(explain(12)).toContain('12 requests in flight are waited for, and their answers are stored.')
  const [resume] = listActions(about({ state: 'budget-reached', tasks: left }))
  expect(resume).toMatchObject({ title: 'Resume with more budget', field: 'budget' })
  expect(resume?.explanation).toContain('the 8 tasks not recorded yet')
})
