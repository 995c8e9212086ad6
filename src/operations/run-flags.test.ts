import { expect, test } from '@jest/globals'
import { chooseControls } from './run-flags.ts'

test.each([
  ['nothing', {}, { max_concurrent_tasks: 5 }],
  ['a limit of requests opens a quarter more tasks', { maxConcurrentRequests: 100 }, { max_concurrent_tasks: 125 }],
  ['rounded up', { maxConcurrentRequests: 1 }, { max_concurrent_tasks: 2 }],
  ['and no more than can be open', { maxConcurrentRequests: 1_000 }, { max_concurrent_tasks: 1_000 }],
  [
    'unless the tasks are limited too',
    { maxConcurrentRequests: 100, maxConcurrentTasks: 7 },
    { max_concurrent_tasks: 7, max_concurrent_requests: 100 },
  ],
])('controls of a new run: %s', (_, flags, controls) => {
  expect(chooseControls(flags)).toMatchObject(controls)
})
