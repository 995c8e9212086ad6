import { expect, test } from '@jest/globals'
import { listBegun, matchPending } from './match-pending.ts'

const attempt = { workflowId: 'w', runId: 'r', activityId: '5', attempt: 2 }
const pending = { activityId: '5', attempt: 2, lastWorkerIdentity: 'dead' }

test.each([
  ['its own attempt is reported', pending, [attempt]],
  ["a living worker's attempt is not", { ...pending, lastWorkerIdentity: 'living' }, []],
  ['a later attempt is not', { ...pending, attempt: 3 }, []],
  ['another activity is not', { ...pending, activityId: '6' }, []],
  ['an attempt that no worker has begun is not', { activityId: '5', attempt: 2 }, []],
])('after a worker died, %s', (_, shown, reported) => {
  expect(matchPending([attempt], [shown], 'dead')).toEqual(reported)
})

test.each([
  ['what it had begun is lost', { activityId: '5', lastWorkerIdentity: 'dead', state: 2 }, ['5']],
  ["a living worker's attempt is not", { activityId: '5', lastWorkerIdentity: 'living', state: 2 }, []],
  [
    'an activity that already waits for another attempt is not',
    { activityId: '5', lastWorkerIdentity: 'dead', state: 1 },
    [],
  ],
])('after a worker died without a word in its journal, %s', (_, shown, lost) => {
  expect(listBegun([shown], 'dead')).toEqual(lost)
})
