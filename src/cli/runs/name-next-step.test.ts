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
  ['an open run goes on by itself', {}, 'up', /continues by itself.*npx arcloom watch RUN$/],
  ['one whose stack is coming up, too', {}, 'starting', /continues by itself/],
  ['one whose supervisor was killed, too', {}, 'unsupervised', /continues by itself/],
  ['one whose stack is down needs it', {}, 'down', /To continue: npx arcloom up$/],
  ['one whose stack is ending, too', {}, 'ending', /To continue: npx arcloom up$/],
  ['a paused one whose stack is down, too', { state: 'paused' }, 'down', /To continue: npx arcloom up$/],
  ['one with a failed part needs a look', {}, 'failed', /npx arcloom doctor$/],
  ['a paused one needs unpause', { state: 'paused' }, 'up', /npx arcloom unpause RUN$/],
  ['one that is ending ends', { ending: 'interrupt' }, 'up', /is ending.*npx arcloom status RUN$/],
  ['an interrupted one is resumed', { state: 'interrupted' }, 'down', /^To continue: npx arcloom resume RUN$/],
  ['a cancelled one, too', { state: 'cancelled' }, 'up', /^To continue: npx arcloom resume RUN$/],
  ['one at its budget needs more', { state: 'budget-reached' }, 'up', /resume RUN --budget-usd <more>$/],
  ['a failed one has to be mended', { state: 'failed', reason: '401: no' }, 'up', /fixed.*npx arcloom resume RUN$/],
  [
    'failed items are redone',
    { state: 'complete', tasks: { total: 4, done: 3, failed: 1 } },
    'up',
    /npx arcloom retry RUN$/,
  ],
  [
    'rejections are asked again',
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

test('a run whose workflow was closed from outside does not go on by itself', () =>
  expect(nameNextStep(run, 'up', true)).toMatch(/will not continue.*npx arcloom up$/))
