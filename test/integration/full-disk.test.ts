import { closeSync, openSync, readFileSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals'
import { keepProviders } from '../support/keep-providers.ts'
import { mountDisk, unmountDisk } from '../support/mount-disk.ts'
import { answers } from '../support/test-bench.ts'
import { openTestStack, type TestStack } from '../support/test-stack.ts'
import { writeTasks } from '../support/write-tasks.ts'

/** A disk in memory. Only root may mount one; otherwise these tests are skipped. */
const disk = mountDisk('64m')
const whereMountable = disk === undefined ? test.skip : test
afterAll(() => {
  if (disk !== undefined) unmountDisk(disk)
})

let stack: TestStack
beforeEach(async () => {
  if (disk !== undefined) stack = await openTestStack({ ARCLOOM_DATA_DIR: join(disk, 'data') })
})
afterEach(async () => {
  if (disk === undefined) return
  makeRoom()
  await stack.close()
  rmSync(join(disk, 'data'), { recursive: true, force: true })
})

const serve = keepProviders()

whereMountable(
  'a full disk holds requests back, is reported at once, kills no process, and the run continues when there is space',
  async () => {
    const items = 30
    await stack.arcloom('up')
    const dataset = await writeTasks(join(stack.dataDir, 'tasks'), items)
    const provider = await serve({ reply: () => ({ text: answers.flip }), latencyMs: 300 })
    const place = ['--model', 'local/fake', '--base-url', provider.url, '--dataset', dataset, '--name', 'full']
    const client = stack.begin('benchmark', 'code', ...place, '--max-concurrent-tasks', '4')
    let said = ''
    client.stderr?.on('data', (text) => (said += String(text)))
    await provider.waitUntil((requests) => requests.filter(({ answeredAtMs }) => answeredAtMs).length >= 8)
    const worker = stack.identify('worker')
    fill()
    while (!said.includes('the disk is full')) await new Promise((resolve) => setTimeout(resolve, 50))
    const { stdout, stderr } = await stack.arcloom('status', 'full', '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      state: 'running',
      waiting_for: expect.stringContaining('the disk is full'),
    })
    expect(stderr).toBe('')
    expect((await stack.arcloom('status', 'full')).stderr).toContain('On hold: the disk is full')
    // What was in flight has arrived by now, and nothing new is sent.
    await provider.waitUntil((requests) => requests.every(({ answeredAtMs }) => answeredAtMs !== undefined))
    const sent = provider.requests.length
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    expect(provider.requests.length).toBe(sent)
    expect(sent).toBeLessThan(items)

    makeRoom()
    expect(await client.ended).toMatchObject({ code: 0 })
    expect(stack.identify('worker')).toEqual(worker)
    const status = await stack.status('full')
    expect(status).toMatchObject({
      state: 'complete',
      tasks: { done: items, failed: 0 },
      samples: { stored: items, repaid: 0 },
      requests: { sent: items, failed: 0 },
    })
    expect(provider.requests).toHaveLength(items)
    expect(readFileSync(join(stack.config.dataDir, 'runs/full/run.log'), 'utf8')).toContain('the disk is full')
  },
)

whereMountable(
  'a worker killed on a full disk restarts there, and pays twice only for what was in flight',
  async () => {
    const items = 12
    const dataset = await writeTasks(join(stack.dataDir, 'tasks'), items)
    const provider = await serve({ reply: () => ({ text: answers.flip }), latencyMs: 300 })
    const place = ['--model', 'local/fake', '--base-url', provider.url, '--dataset', dataset, '--name', 'killed']
    const client = stack.begin('benchmark', 'code', ...place, '--max-concurrent-tasks', '2')
    await provider.waitUntil((requests) => requests.filter(({ answeredAtMs }) => answeredAtMs).length >= 4)
    fill()
    stack.kill('worker')
    await new Promise((resolve) => setTimeout(resolve, 5_000))
    makeRoom()
    expect(await client.ended).toMatchObject({ code: 0 })
    const status = await stack.status('killed')
    expect(status).toMatchObject({ state: 'complete', tasks: { done: items, failed: 0 }, samples: { stored: items } })
    expect(provider.requests.length).toBeLessThanOrEqual(items + status.samples.repaid)
  },
)

/** Writes until not a byte is free. */
function fill(): void {
  const file = openSync(join(disk ?? '', 'filler'), 'a')
  try {
    for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 4)) {
      try {
        for (;;) writeSync(file, Buffer.alloc(size))
      } catch {
        // Smaller pieces may still fit.
      }
    }
  } finally {
    closeSync(file)
  }
  expect(statfsSync(disk ?? '').bavail).toBe(0)
}

function makeRoom(): void {
  rmSync(join(disk ?? '', 'filler'), { force: true })
}
