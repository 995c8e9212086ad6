import { expect, test } from '@jest/globals'
import { buildHistory } from '../../../test/support/build-history.ts'
import { decideNext } from './decide-next.ts'
import type { Decision } from './solver.ts'

const limits = { samples: 3, rounds: 2 }
const begun = buildHistory(limits, [['wrong'], ['none']])

test.each<[string, Decision]>([
  ['a sample again', [{ ask: 0 }]],
  ['a new sample', [{ ask: 2 }]],
  ['both at once', [{ ask: 2 }, { ask: 0 }]],
  ['nothing more', 'done'],
])('a solver may ask for %s', (_, decision) => {
  expect(decideNext({ name: 'made', next: () => decision }, begun)).toBe(decision)
})

const unasked = buildHistory(limits)

test.each<[string, Decision, typeof begun, string]>([
  ['ends at once', 'done', unasked, 'ends before it has asked anything'],
  ['asks nothing', [], begun, 'asks nothing, and is not done'],
  ['repeats a sample', [{ ask: 0 }, { ask: 0 }], begun, 'asks a sample twice at once'],
  ['skips a sample', [{ ask: 1 }], unasked, 'leaves out sample 0'],
  ['makes up a sample', [{ ask: -1 }], begun, 'leaves out sample 2'],
  ['asks too many samples', [0, 1, 2, 3].map((ask) => ({ ask })), unasked, 'asks more than 3 samples'],
  [
    'asks too many rounds',
    [{ ask: 0 }],
    buildHistory(limits, [['wrong', 'wrong']]),
    'asks sample 0 for more than 2 rounds',
  ],
  ['invents a sample', [{ ask: 1 }], begun, 'asks sample 1 again, which has no program yet'],
])('a solver that %s is refused with its name', (_, decision, history, flaw) => {
  const solve = () => decideNext({ name: 'made', next: () => decision }, history)
  expect(solve).toThrow(new TypeError(`solver "made" ${flaw}: it decided ${JSON.stringify(decision)}`))
})
