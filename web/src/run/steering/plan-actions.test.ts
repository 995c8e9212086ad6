import { expect, test } from '@jest/globals'
import type { RunPageDocument } from '../../../../src/api/documents.ts'
import { buildRunSummary } from '../../../../test/support/build-run-summary.ts'
import { explainNoBudget, findBudgetFault, listActions } from './plan-actions.ts'

type Summary = Partial<RunPageDocument['summary']>

const about = (part: Summary, whole: Partial<RunPageDocument> = {}): RunPageDocument => ({
  summary: buildRunSummary({ run_id: 'one', ...part }),
  document: null,
  answers: null,
  controls: { max_concurrent_tasks: 5, save_interval: 10, budget_usd: null },
  no_budget: null,
  has_report: false,
  seconds_left: null,
  ...whole,
})
const names = (part: Summary, whole?: Partial<RunPageDocument>) =>
  listActions(about(part, whole)).map(({ name }) => name)
const explanationOf = (name: string, part: Summary, whole?: Partial<RunPageDocument>) =>
  listActions(about(part, whole)).find((action) => action.name === name)?.explanation
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

const verification = { kind: 'verification', recipe: null, model: null } as const

test.each([
  ['no-price', 'no price was known for MODEL'],
  ['no-token-limit', '“Tokens per answer” was not set'],
  ['free', 'MODEL costs nothing'],
] as const)('a run that can take no budget (%s) is resumed without one, and says why', (no_budget, why) => {
  expect(names({ state: 'running' }, { no_budget })).toEqual(['pause', 'window', 'interrupt', 'cancel'])
  const [resume] = listActions(about({ state: 'interrupted', tasks: left }, { no_budget }))
  expect(resume).toMatchObject({ name: 'resume' })
  expect(resume).not.toHaveProperty('field')
  expect(explainNoBudget(about({ state: 'running' }, { no_budget }))).toContain(why)
})

test('a verification asks no model: it has no budget, and speaks of programs', () => {
  const no_budget = 'asks-no-model'
  expect(names({ state: 'running', ...verification }, { no_budget })).toEqual([
    'pause',
    'window',
    'interrupt',
    'cancel',
  ])
  expect(explainNoBudget(about(verification, { no_budget }))).toBeUndefined()
  for (const state of ['running', 'paused', 'interrupted', 'cancelled', 'failed'] as const)
    for (const { explanation } of listActions(about({ state, tasks: left, ...verification }, { no_budget })))
      expect(explanation).not.toMatch(/request|answer|paid|cost/)
})

test('nothing of a free run is said to be paid for', () => {
  const free = { no_budget: 'free' } as const
  expect(explanationOf('cancel', { state: 'running', in_flight: 2 }, free)).toContain(
    '2 requests in flight are cut off.',
  )
  expect(explanationOf('resume', { state: 'failed', tasks: left }, free)).not.toContain('paid')
})

test('a reached budget is not given again', () => {
  const reached = about(
    { state: 'budget-reached', tasks: left },
    { controls: { max_concurrent_tasks: 5, save_interval: 10, budget_usd: 2 } },
  )
  expect(findBudgetFault(reached, '2')).toContain('allow more than that')
  expect(findBudgetFault(reached, '2.01')).toBeUndefined()
  expect(findBudgetFault({ ...reached, summary: { ...reached.summary, state: 'running' } }, '1')).toBeUndefined()
})

test('what it will do is said with the numbers of the moment', () => {
  const explain = (inFlight: number) => listActions(about({ state: 'running', in_flight: inFlight }))[0]?.explanation
  expect(explain(0)).toBe('No new requests are sent until you unpause it.')
  expect(explain(1)).toContain('1 request in flight is waited for, and its answer is stored.')
  expect(explain(12)).toContain('12 requests in flight are waited for, and their answers are stored.')
  const [resume] = listActions(about({ state: 'budget-reached', tasks: left }))
  expect(resume).toMatchObject({ title: 'Resume with more budget', field: 'budget' })
  expect(resume?.explanation).toContain('the 8 tasks not recorded yet')
})
