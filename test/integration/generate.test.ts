import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import type { RunDocument } from '../../src/domain/results/run-document.ts'
import type { RunState } from '../../src/domain/runs/run.ts'
import { startFakeProvider, type RecordedRequest } from '../support/fake-provider.ts'
import { openTestStack } from '../support/test-stack.ts'
import { writeTasks } from '../support/write-tasks.ts'

const isAnswered = (request: RecordedRequest) => request.answeredAtMs !== undefined
const itemsOf = (entries: readonly unknown[]) => entries.map((entry) => (entry as { item: string }).item)

test('data generation, with the flags of the Python original, keeps each task once through kill -9, Ctrl-C and a torn line', async () => {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  // The last few are held back until the run is ending, so that it is interrupted in the middle on any machine.
  const provider = await startFakeProvider({
    async reply() {
      if (provider.requests.filter(isAnswered).length >= 10) await released
      return { text: 'It is turned upside down.' }
    },
    latencyMs: 300,
  })
  const stack = await openTestStack()
  try {
    const dataset = await writeTasks(join(stack.dataDir, 'tasks'), 20)
    const size = ['--max_tasks', '15', '--max_concurrent_tasks', '3', '--save_interval', '4', '--name', 'run']
    const place = ['--base_url', provider.url, '--dataset_directory', dataset]
    const client = stack.begin('generate', 'reasoning', '--model_identifier', 'GEMINI_FLASH', ...size, ...place)
    await provider.waitUntil((requests) => requests.filter(isAnswered).length >= 5)
    stack.kill('worker')
    await provider.waitUntil((requests) => requests.filter(isAnswered).length >= 10)
    client.kill('SIGINT')
    const readState = async () =>
      JSON.parse(await readFile(join(stack.dataDir, 'runs', 'run', 'state.json'), 'utf8')) as RunState
    while ((await readState()).ending !== 'interrupt') await sleep(20)
    release()
    expect((await client.ended).code).toBe(3)
    const folder = join(stack.dataDir, 'synthetic_data', 'reasoning_data')
    const partial = join(folder, 'reasoning_data_partial_results.jsonl')
    const readPartial = async () =>
      (await readFile(partial, 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line))
    const readFinal = async ({ results_file }: RunDocument) => {
      const text = await readFile(join(stack.dataDir, results_file ?? ''), 'utf8')
      return (JSON.parse(text) as { results: unknown[] }).results
    }

    const interrupted = await stack.status('run')
    expect(interrupted.results_file).toMatch(/reasoning_data_results_\d{8}_\d{6}_interrupted\.json$/)
    const saved = new Set(itemsOf(await readFinal(interrupted)))
    expect(saved.size).toBe(interrupted.tasks.done)
    expect(new Set(itemsOf(await readPartial()))).toEqual(saved)

    await appendFile(partial, '{"task_id": "torn", "run_id": "run", "it')
    expect((await stack.arcloom('resume', 'run')).code).toBe(0)
    const complete = await stack.status('run')
    for (const items of [itemsOf(await readPartial()), itemsOf(await readFinal(complete))]) {
      expect(items).toHaveLength(15)
      expect(new Set(items).size).toBe(15)
    }
    expect(complete.requests.sent).toBe(15 + complete.samples.repaid)

    const exported = await stack.arcloom('export', 'sft', 'run', '--allow-evaluation', '--json')
    expect(JSON.parse(exported.stdout)).toMatchObject({ rows: 15, only: 'all' })
  } finally {
    await stack.close()
    await provider.close()
  }
})
