import { expect, test } from '@jest/globals'
import type { RunDocument } from '../../domain/results/run-document.ts'
import type { StackReport } from '../../stack/state/read-stack-status.ts'
import { nameNextStep } from './name-next-step.ts'

type Standing = Parameters<typeof nameNextStep>[0]

const run: Standing = {
  run_id: 'RUN',
  state: 'running',
  reason: null,
  ending: null,
  tasks: { total: 4, done: 2, failed: 0 },
  rejections: [],
}

test.each<[string, Partial<RunDocument>, StackReport['state'], RegExp | undefined]>([
  ['an open run continues by itself', {}, 'up', /continues by itself.*npx arcloom watch RUN$/],
  ['an open run continues by itself while its stack is starting', {}, 'starting', /continues by itself/],
  ['an open run continues by itself after its supervisor was killed', {}, 'unsupervised', /continues by itself/],
  ['an open run whose stack is down needs the stack', {}, 'down', /To continue: npx arcloom up$/],
  ['an open run whose stack is stopping needs the stack', {}, 'ending', /To continue: npx arcloom up$/],
  ['a paused run whose stack is down needs the stack', { state: 'paused' }, 'down', /To continue: npx arcloom up$/],
  ['an open run with a failed part needs a look', {}, 'failed', /npx arcloom doctor$/],
  ['a paused run needs unpause', { state: 'paused' }, 'up', /npx arcloom unpause RUN$/],
  ['a run that is ending ends', { ending: 'interrupt' }, 'up', /is ending.*npx arcloom status RUN$/],
  ['an interrupted run is resumed', { state: 'interrupted' }, 'down', /^To continue: npx arcloom resume RUN$/],
  ['a cancelled run is resumed', { state: 'cancelled' }, 'up', /^To continue: npx arcloom resume RUN$/],
  ['a run at its budget needs a larger one', { state: 'budget-reached' }, 'up', /resume RUN --budget-usd <more>$/],
  ['a failed run has to be fixed', { state: 'failed', reason: '401: no' }, 'up', /fixed.*npx arcloom resume RUN$/],
  [
    'failed items are retried',
    { state: 'complete', tasks: { total: 4, done: 3, failed: 1 } },
    'up',
    /npx arcloom retry RUN$/,
  ],
  [
    'rejected requests are retried',
    { state: 'complete', rejections: [{ reason: '400: no', count: 2 }] },
    'up',
    /npx arcloom retry RUN --rejected$/,
  ],
  ['a complete run needs nothing', { state: 'complete' }, 'down', undefined],
])('%s', (_, change, stack, words) => {
  const step = nameNextStep({ ...run, ...change }, stack)
  if (words === undefined) expect(step).toBeUndefined()
  else expect(step).toMatch(words)
})

test('a run whose workflow was closed from outside does not continue by itself', () =>
  expect(nameNextStep(run, 'up', true)).toMatch(/will not continue.*npx arcloom up$/))
