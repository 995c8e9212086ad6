import { describe, expect, test } from '@jest/globals'
import type { Bottleneck } from '../../domain/load/name-bottleneck.ts'
import type { RunState } from '../../domain/runs/run.ts'
import type { RunProgress } from '../../runs/read-run-progress.ts'
import { renderProgress } from './render-progress.ts'

const nowMs = Date.parse('2026-11-27T04:20:00.000Z')
const ago = (seconds: number) => new Date(nowMs - 1000 * seconds).toISOString()

const state: RunState = {
  state: 'running',
  reason: null,
  ending: null,
  controls: { max_concurrent_tasks: 5, save_interval: 10, budget_usd: null },
  items: { total: 20, recorded: 3, failed: 0 },
  open_seconds: 0,
  started_at: ago(125),
  opened_at: ago(125),
  ended_at: null,
  updated_at: ago(125),
  results_file: null,
  report_file: null,
  temporal: null,
}

const ledger: RunProgress['ledger'] = {
  cost_usd: 0.25,
  known_usd: 0.25,
  last_failure: null,
  rejections: [],
  in_flight: { count: 0, oldest_at: null },
  last_reply_at: ago(1),
  failing_since: null,
}

const inFlight = (count: number, seconds: number) => ({ in_flight: { count, oldest_at: ago(seconds) } })

function render(
  stateChange: Partial<RunState> = {},
  ledgerChange: Partial<RunProgress['ledger']> = {},
  heldBack: string | null = null,
  counts: Partial<RunProgress> = {},
  bottleneck?: Bottleneck,
) {
  const progress: RunProgress = {
    state: { ...state, ...stateChange },
    model: 'CLAUDE',
    batches: [],
    total: 20,
    recorded: 3,
    failed: 0,
    solved: 2,
    stored: 14,
    wanted: 80,
    unit: 'answer',
    ledger: { ...ledger, ...ledgerChange },
    heldBack,
    gateWait: null,
    replyTimes: [],
    ...counts,
  }
  const { facts, words } = renderProgress('RUN', progress, nowMs, bottleneck)
  return { facts: facts.map(({ text }) => text).join(' · '), words }
}

test('the facts of a run are shown', () =>
  expect(render()).toEqual({ facts: '3/20 tasks · 14/80 answers · 2 solved · $0.25 · 2 min 5 s', words: [] }))

test('counts of one are in the singular', () =>
  expect(render({}, {}, null, { total: 1, recorded: 1, stored: 1, wanted: 1 }).facts).toMatch(
    /^1\/1 task · 1\/1 answer · /,
  ))

test('rejected requests are counted, with the most frequent message', () => {
  const rejections = [
    { reason: '400: System role not supported', count: 4 },
    { reason: '400: other', count: 1 },
  ]
  const { facts, words } = render({}, { rejections })
  expect(facts).toContain('5 rejected')
  expect(words).toEqual(['rejected: 400: System role not supported'])
})

test('a model that never answered may have another address', () => {
  const failure = {
    last_failure: { at: ago(2), reason: 'connection refused', stops_run: false },
    failing_since: ago(60),
  }
  expect(render({}, failure, null, { stored: 0 }).words).toEqual([
    'trying again: connection refused. No answer for 1 min 0 s; the run continues by itself once there is one. ' +
      'If the address is wrong, end the run and start it with another --base-url: npx arcloom interrupt RUN',
  ])
})

test('the reason that holds requests back comes first, unless the run has ended', () => {
  const failure = { last_failure: { at: ago(2), reason: '429: slow down', stops_run: false } }
  expect(render({}, failure, 'the disk is full').words).toEqual(['the disk is full', 'trying again: 429: slow down'])
  expect(render({ state: 'complete' }, {}, 'the disk is full').words).toEqual([])
})

describe('the message for a run', () => {
  const slow = { at: ago(2), reason: '429: slow down', stops_run: false }
  const refused = { at: ago(2), reason: '401: Incorrect API key', stops_run: true }

  test.each<[string, Partial<RunState>, Partial<RunProgress['ledger']>, string[]]>([
    ['that retries', {}, { last_failure: slow, failing_since: ago(2) }, ['trying again: 429: slow down']],
    [
      'whose model is down',
      {},
      { last_failure: slow, failing_since: ago(3725) },
      ['trying again: 429: slow down. No answer for 1 h 2 min; the run continues by itself once there is one'],
    ],
    [
      'that is about to be stopped, and retries nothing',
      {},
      { last_failure: refused },
      ['stopping: 401: Incorrect API key', 'ending: saving the results'],
    ],
    [
      'that is being stopped',
      { ending: 'interrupt' },
      { last_failure: refused, ...inFlight(3, 5) },
      ['stopping: 401: Incorrect API key', 'ending: waiting for 3 requests in flight'],
    ],
    ['that is being interrupted', { ending: 'interrupt' }, inFlight(1, 5), ['ending: waiting for 1 request in flight']],
    [
      'that is being interrupted after a failure, and retries nothing',
      { ending: 'interrupt' },
      { last_failure: slow },
      ['ending: saving the results'],
    ],
    [
      'that is being interrupted, and hangs',
      { ending: 'interrupt' },
      inFlight(2, 95),
      ['ending: waiting for 2 requests in flight, the oldest for 1 min 35 s. To cut them off: npx arcloom cancel RUN'],
    ],
    ['that is being cancelled', { ending: 'cancel' }, inFlight(3, 5), ['cancelling: cutting off requests in flight']],
    ['that is paused', { state: 'paused' }, {}, ['paused. To continue: npx arcloom unpause RUN']],
    [
      'that is paused, with requests in flight',
      { state: 'paused' },
      inFlight(2, 5),
      ['paused, waiting for 2 requests in flight. To continue: npx arcloom unpause RUN'],
    ],
    [
      'that has failed, and whose report says why',
      { state: 'failed', reason: '401: no', ended_at: ago(1) },
      { last_failure: refused },
      [],
    ],
    ['that has ended', { state: 'complete', ended_at: ago(1) }, { last_failure: slow }, []],
    ['that gets answers, although one takes long', {}, inFlight(5, 300), []],
    ['that has waited for less than half a minute', {}, { ...inFlight(5, 29), last_reply_at: null }, []],
    [
      'that gets no answers',
      {},
      { ...inFlight(5, 70), last_reply_at: ago(45) },
      [
        'no answer for 45 s; the oldest of 5 requests in flight has been waiting 1 min 10 s. To end the run: npx arcloom interrupt RUN, or cancel to end it without waiting',
      ],
    ],
    [
      'that never got an answer',
      {},
      { ...inFlight(1, 30), last_reply_at: null },
      [
        'no answer for 30 s; the request in flight has been waiting 30 s. To end the run: npx arcloom interrupt RUN, or cancel to end it without waiting',
      ],
    ],
  ])('%s', (_, stateChange, ledgerChange, words) => expect(render(stateChange, ledgerChange).words).toEqual(words))

  test('says what requests wait for before they are sent', () => {
    const words = '3 requests wait for one of 40 places'
    expect(render({}, {}, null, { gateWait: words }).words).toEqual([words])
    expect(render({ ending: 'cancel' }, {}, null, { gateWait: words }).words).not.toContain(words)
  })

  test('does not name the rate limit as well, where requests wait for it', () => {
    const bottleneck = { kind: 'gate', name: 'the rate limit', words: '3 more requests wait' } as const
    const gateWait = '3 requests wait for one of 40 places'
    expect(render({}, {}, null, {}, bottleneck).facts).toMatch(/limited by the rate limit$/)
    expect(render({}, {}, null, { gateWait }, bottleneck)).toEqual({ ...render(), words: [gateWait] })
  })

  test('contains no characters that move the cursor of a terminal', () => {
    const failure = { ...slow, reason: '500: \u001B[2J\u001B[31mred\r\nnext' }
    expect(render({}, { last_failure: failure }).words).toEqual(['trying again: 500: [2J [31mred next'])
  })
})
