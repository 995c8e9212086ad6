import { expect, test } from '@jest/globals'
import { nameBottleneck } from './name-bottleneck.ts'
import { joinLoads, type WorkerLoad } from './worker-load.ts'

const calm: WorkerLoad = {
  waitingAtGate: 0,
  inFlight: 0,
  answerSeconds: null,
  programs: { running: 0, places: 2 },
  writeSeconds: 0.004,
  startSeconds: { runs: 0.01, models: 0.01, sandbox: 0.01 },
  busy: 0.2,
  timerDelaySeconds: 0.001,
}

test('a worker that waits for nothing has no bottleneck', () => {
  expect(nameBottleneck(calm)).toBeUndefined()
})

test.each<[string, Partial<WorkerLoad>, string]>([
  [
    'the provider',
    { inFlight: 40.2, answerSeconds: 12.4 },
    '40 requests are in flight, and an answer takes 12 s. To have more at once: --max-concurrent-tasks',
  ],
  [
    'the provider',
    { inFlight: 0.6, answerSeconds: null },
    '1 request is in flight. To have more at once: --max-concurrent-tasks',
  ],
  [
    'the rate limit',
    { inFlight: 10, waitingAtGate: 23.7 },
    '24 more requests wait until the provider, or a limit of the registry, allows them',
  ],
  [
    'the Temporal server',
    { inFlight: 10, waitingAtGate: 5, startSeconds: { ...calm.startSeconds, models: 1.4 } },
    'work waits 1.4 s on the Temporal server before it begins',
  ],
  [
    'the sandbox',
    { inFlight: 10, programs: { running: 1.98, places: 2 }, startSeconds: { ...calm.startSeconds, sandbox: 75 } },
    'all 2 places of the sandbox are taken, and programs wait 1 min 15 s for one',
  ],
  ['the disk', { inFlight: 10, waitingAtGate: 5, writeSeconds: 0.82 }, 'writing a file takes 0.8 s'],
  [
    'this processor',
    { inFlight: 10, busy: 0.97, timerDelaySeconds: 0.5, writeSeconds: 3 },
    'the worker is busy 97 % of the time, and its timers are 0.5 s late',
  ],
])('%s is named: %j', (name, changes, words) => {
  expect(nameBottleneck({ ...calm, ...changes })).toMatchObject({ name, words })
})

test('programs that wait for no place are not slowed by the sandbox, however busy it is', () => {
  const load = { ...calm, inFlight: 4, programs: { running: 2, places: 2 } }
  expect(nameBottleneck(load)?.kind).toBe('provider')
})

test('several workers are one: their requests add up, and one that is free is enough', () => {
  const joined = joinLoads([
    { ...calm, inFlight: 3, busy: 1, timerDelaySeconds: 2 },
    { ...calm, inFlight: 4, answerSeconds: 2, writeSeconds: null },
  ])
  expect(joined).toMatchObject({ inFlight: 7, answerSeconds: 2, busy: 0.2, writeSeconds: 0.004 })
  expect(joined && nameBottleneck(joined)?.kind).toBe('provider')
  expect(joinLoads([])).toBeUndefined()
})
