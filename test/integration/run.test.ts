import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startRun } from '../../src/client/start-run.ts'
import { readNumbers } from '../../src/adapters/read-numbers.ts'
import { startFakeProvider } from '../support/fake-provider.ts'
import { answers, buildRun, openTestBench, type TestBench } from '../support/test-bench.ts'

let bench: TestBench
beforeAll(async () => {
  bench = await openTestBench()
}, 120_000)
afterAll(() => bench.close(), 60_000)

async function finish(runId: string) {
  await bench.client.workflow.getHandle(runId).result()
  const folder = await bench.store.openRun(runId)
  return { folder, numbers: await readNumbers(folder) }
}

describe('a code benchmark', () => {
  test('asks, runs, records and saves every sample of every task', async () => {
    const provider = await startFakeProvider({
      reply: (_, nth) => ({ text: nth % 2 === 0 ? answers.flip : answers.same }),
    })
    const run = buildRun(provider.url)
    await startRun(bench.opening, bench.store, run)
    const { numbers } = await finish(run.run.run_id)
    expect(numbers.state).toMatchObject({ state: 'complete', items: { total: 3, recorded: 3, failed: 0 } })
    expect(numbers.answers).toBe(6)
    expect(numbers.ledger).toMatchObject({ sent: 6, failed: 0, rejected: 0, repaid: 0 })
    expect(numbers.counts.verdicts).toEqual({ correct: 3, wrong: 3 })
    const file = join(bench.config.dataDir, numbers.state.results_file ?? '')
    const { metadata, results } = JSON.parse(await readFile(file, 'utf8'))
    expect(metadata).toMatchObject({ status: 'complete', tasks_submitted: 3 })
    expect(results).toHaveLength(3)
    await provider.close()
  }, 60_000)
})
