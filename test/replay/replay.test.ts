import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleWorkflows } from '../../src/workers/bundle-workflows.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

let folder: string
let workflowBundle: Awaited<ReturnType<typeof bundleWorkflows>>
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] })
  folder = await mkdtemp(join(tmpdir(), 'arcloom-replay-'))
  workflowBundle = await bundleWorkflows(folder)
})
afterAll(() => rm(folder, { recursive: true }))

const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(here, name), 'utf8'))

describe("today's workflow code replays the recorded history of", () => {
  test.each(['run-complete.json', 'run-interrupted.json', 'task-complete.json', 'task-refined.json'])('%s', async (name) => {
    await Worker.runReplayHistory({ workflowBundle }, await read(name))
  })
})

test('replay notices a history of different code', async () => {
  const history = (await read('task-complete.json')) as { events: { activityTaskScheduledEventAttributes?: object }[] }
  const asked = history.events.find((event) => event.activityTaskScheduledEventAttributes)
  Object.assign(asked?.activityTaskScheduledEventAttributes ?? {}, { activityType: { name: 'other' } })
  await expect(Worker.runReplayHistory({ workflowBundle }, history)).rejects.toThrow(/[Nn]ondeterminism/)
})

test('every recorded history is replayed', async () => {
  const recorded = (await readdir(here)).filter((name) => name.endsWith('.json'))
  expect(recorded.sort()).toEqual(['run-complete.json', 'run-interrupted.json', 'task-complete.json', 'task-refined.json'])
})
