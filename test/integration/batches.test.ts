import { expect, test } from '@jest/globals'
import { startRun } from '../../src/client/start-run.ts'
import type { RunRequest } from '../../src/runs/prepare-run.ts'
import { readNumbers } from '../../src/runs/read-numbers.ts'
import { closeAfterEach } from '../support/close-after-each.ts'
import { startFakeBatches, type FakeBatchesOptions } from '../support/fake-batches.ts'
import { keepTestBench } from '../support/keep-test-bench.ts'
import { answers, buildModel, buildRun, buildTasks } from '../support/test-bench.ts'

const bench = keepTestBench()
const closeAfter = closeAfterEach()

const inBatches = { max_concurrent_tasks: 4, save_interval: 10, budget_usd: null, batch: 'batch' } as const

async function start(options: FakeBatchesOptions, change: Partial<RunRequest> = {}) {
  const provider = await closeAfter(startFakeBatches(options))
  const made = buildRun(provider.url, {
    model: buildModel(provider.url, { provider: 'openai' }),
    controls: inBatches,
    tasks: buildTasks(3),
    samples: 2,
    ...change,
  })
  const { folder } = await startRun(bench.opening, bench.store, made)
  const ended = async () => {
    await bench.client.workflow
      .getHandle(folder.runId)
      .result()
      .catch(() => undefined)
    return readNumbers(folder)
  }
  return { provider, folder, ended }
}

test('all first questions go into one batch, which costs half, and their answers are found under the keys of single requests', async () => {
  const { provider, folder, ended } = await start({ outcome: () => ({ text: answers.flip }) })
  const numbers = await ended()
  expect(numbers.state).toMatchObject({ state: 'complete', items: { recorded: 3, failed: 0 } })
  expect(provider.batches.map(({ lines }) => lines.length)).toEqual([6])
  expect(provider.alone).toEqual([])
  expect(numbers.counts.solved).toHaveLength(3)
  // 100 tokens at $1 and 10 at $2 a million, halved, six times.
  expect(numbers.ledger.cost_usd).toBeCloseTo((6 * 120e-6) / 2, 12)
  const [id = ''] = await folder.listBatches()
  expect(await folder.readBatch(id)).toMatchObject({ state: 'collected', requests: 6, provider_id: 'batch_0' })
})
