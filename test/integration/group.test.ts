import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Reply } from '../support/fake-provider.ts'
import { keepProviders } from '../support/keep-providers.ts'
import { answers } from '../support/test-bench.ts'
import { openTestStack, type TestStack } from '../support/test-stack.ts'
import { writeTasks } from '../support/write-tasks.ts'

let stack: TestStack
let dataset: string
beforeAll(async () => {
  stack = await openTestStack()
  dataset = await writeTasks(join(stack.dataDir, 'tasks'), 3)
})
afterAll(() => stack.close())

const serve = keepProviders()
const flip: Reply = { text: answers.flip }
const reject = (message: string): Reply => ({ status: 400, body: { error: { message } } })

test('two models in one command are both shown, compared at the end, and compared again by the name of their group', async () => {
  const provider = await serve({ reply: ({ body }) => (body.model === 'right' ? flip : { text: answers.same }) })
  const models = ['--model', 'local/right', '--model', 'local/wrong', '--base-url', provider.url]
  const { code, stdout, stderr } = await stack.arcloom('benchmark', 'code', ...models, '--dataset', dataset)
  expect(code).toBe(0)
  const [, group = ''] =
    /2 runs as group (\S+)\. To compare them at any time: npx arcloom compare \1$/m.exec(stderr) ?? []
  expect(stderr).toMatch(/^code-local-right-\S+: complete · 3\/3 tasks/m)
  expect(stderr).toMatch(/^code-local-wrong-\S+: complete · 3\/3 tasks/m)
  const pair = /only code-local-right-\S+ solved 3: /
  expect(stdout).toMatch(pair)
  expect((await stack.arcloom('compare', group)).stdout).toMatch(pair)
})

test('a run with every request rejected exits with 2 and the reason, and continues once it is fixed', async () => {
  let mended = false
  const provider = await serve({ reply: () => (mended ? flip : reject('not for you')) })
  const place = ['--model', 'local/fake', '--base-url', provider.url, '--dataset', dataset, '--name', 'rejected']
  const refused = await stack.arcloom('benchmark', 'code', ...place)
  expect(refused.code).toBe(2)
  expect(refused.stdout).toMatch(/State +failed: every request so far was rejected .*: 400: not for you/)
  expect(refused.stdout).toContain('- 3 × 400: not for you')
  expect(refused.stderr).toContain('npx arcloom resume rejected')
  mended = true
  const { code, stdout } = await stack.arcloom('resume', 'rejected')
  expect(code).toBe(0)
  expect(stdout).toMatch(/Solved +3 of 3/)
})

test('retry --rejected is suggested when requests were rejected, and asks those again', async () => {
  let mended = false
  const isFirst = (content: string) => content.includes('[0,0,0,0]')
  const provider = await serve({
    reply: ({ body }) => (!mended && body.messages.some(({ content }) => isFirst(content)) ? reject('flagged') : flip),
  })
  const place = ['--model', 'local/fake', '--base-url', provider.url, '--dataset', dataset, '--name', 'some']
  const first = await stack.arcloom('benchmark', 'code', ...place)
  expect(first.code).toBe(0)
  expect(first.stderr).toContain('npx arcloom retry some --rejected')
  expect((await stack.arcloom('retry', 'some')).stderr).toContain('some has no failed items.')
  mended = true
  const sent = provider.requests.length
  const { code, stdout } = await stack.arcloom('retry', 'some', '--rejected')
  expect(code).toBe(0)
  expect(stdout).toMatch(/Solved +3 of 3/)
  expect(provider.requests.length - sent).toBe(1)
})

test('status is right about an open run while the stack is down', async () => {
  const provider = await serve({ reply: () => ({ hang: true }) })
  const place = ['--model', 'local/fake', '--base-url', provider.url, '--dataset', dataset, '--name', 'open']
  await stack.arcloom('up')
  await stack.arcloom('benchmark', 'code', ...place, '--detach')
  await provider.waitUntil((requests) => requests.length > 0)
  const up = await stack.arcloom('status', 'open')
  expect(up.stderr).toMatch(/continues by itself\. To follow it: npx arcloom watch open$/m)
  expect(up.stdout).toMatch(/In flight +3, the oldest since /)
  await stack.arcloom('down', '--now')
  expect((await stack.arcloom('status', 'open')).stderr).toMatch(/To continue: npx arcloom up$/m)
})
