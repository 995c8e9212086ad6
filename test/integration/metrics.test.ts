import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { findFreePort } from '../support/find-free-port.ts'
import { keepProviders } from '../support/keep-providers.ts'
import { answers } from '../support/test-bench.ts'
import { openTestStack, type TestStack } from '../support/test-stack.ts'
import { writeTasks } from '../support/write-tasks.ts'

let stack: TestStack
let port: number
beforeAll(async () => {
  port = await findFreePort()
  stack = await openTestStack({ ARCLOOM_METRICS_PORT: String(port) })
  await stack.arcloom('up')
})
afterAll(() => stack.close())

const serve = keepProviders()

test('an open run says what it is limited by, and metrics count what was done', async () => {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  const provider = await serve({ reply: () => released.then(() => ({ text: answers.flip })) })
  const dataset = await writeTasks(join(stack.dataDir, 'tasks'), 2)
  const flags = ['--model', 'local/fake', '--base-url', provider.url, '--dataset', dataset, '--name', 'slow']
  const client = stack.begin('benchmark', 'code', ...flags)
  await provider.waitUntil((requests) => requests.length === 2)
  let limited = (await stack.status('slow')).limited_by
  // A busy machine may be named first.
  while (limited?.kind !== 'provider') limited = (await stack.status('slow')).limited_by
  expect(limited.words).toMatch(/requests? (?:is|are) in flight/)
  expect((await stack.arcloom('status', 'slow')).stdout).toMatch(/Limited by +\S/)
  release()
  expect(await client.ended).toMatchObject({ code: 0 })
  expect((await stack.status('slow')).limited_by).toBeNull()

  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  expect(metrics).toContain('arcloom_requests_total{provider="local",result="answered"} 2')
  expect(metrics).toContain('arcloom_answer_seconds_count{provider="local"} 2')
  expect(metrics).toMatch(/^temporal_activity_execution_latency_count/m)
})
