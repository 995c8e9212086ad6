import { describe, expect, test } from '@jest/globals'
import { startRun } from '../../src/client/start-run.ts'
import type { ItemRecord } from '../../src/domain/runs/record.ts'
import { readNumbers } from '../../src/runs/read-numbers.ts'
import { readExecutions, rereadRun } from '../../src/runs/reread-run.ts'
import { prepareVerification } from '../../src/runs/verifying/prepare-verification.ts'
import { keepProviders } from '../support/keep-providers.ts'
import { keepTestBench } from '../support/keep-test-bench.ts'
import { answers, buildRun, buildTasks } from '../support/test-bench.ts'

const bench = keepTestBench()
const serve = keepProviders()

/** A complete run of two tasks with two samples each, the first of them right. */
async function completeRun() {
  let asked = 0
  const provider = await serve({ reply: () => ({ text: (asked += 1) % 2 === 1 ? answers.flip : answers.same }) })
  const run = buildRun(provider.url, {
    tasks: buildTasks(2),
    controls: { max_concurrent_tasks: 1, save_interval: 2, budget_usd: null },
  })
  const { folder } = await startRun(bench.opening, bench.store, run)
  await bench.client.workflow.getHandle(folder.runId).result()
  return { folder, provider }
}

/** The record as an extraction would have made it that found no program in any answer. */
function forget(record: ItemRecord): ItemRecord {
  return {
    ...record,
    samples: record.samples.map(({ rounds, chosen }) => ({
      chosen,
      rounds: rounds.map((round) => ({
        ...round,
        outcomes: ['unparseable'],
        program: null,
        program_hash: null,
        run: null,
      })),
    })),
  }
}

describe('rescoring a run', () => {
  test('changes nothing when the rules are the same', async () => {
    const { folder } = await completeRun()
    const reread = await rereadRun(folder)
    expect(reread).toMatchObject({ samples: 4, changedSamples: 0 })
    expect(reread.unverified.items).toEqual([])
    expect((await readNumbers(reread.folder)).counts).toEqual((await readNumbers(folder)).counts)
  })

  test('finds programs that were missed before, runs only those, and asks no model', async () => {
    const { folder, provider } = await completeRun()
    const whole = await readNumbers(folder)
    const requests = provider.requests.length
    const stored = await folder.findRecord('task-0001')
    if (stored === undefined) throw new RangeError('not recorded')
    await folder.putRecord(forget(stored))
    const before = await readNumbers(folder)
    expect(before.counts.solved).toEqual(['task-0000'])

    const reread = await rereadRun(folder)
    expect(reread).toMatchObject({ samples: 4, changedSamples: 2 })
    expect(reread.unverified.items.map(({ task, programs }) => [task.taskId, programs.length])).toEqual([
      ['task-0001', 2],
    ])

    const verification = prepareVerification(
      {
        programsToVerify: reread.unverified,
        entryPoints: ['solve_task'],
        controls: { max_concurrent_tasks: 2, save_interval: 2, budget_usd: null },
        output: null,
        versions: {},
      },
      new Date(),
    )
    const started = await startRun(bench.opening, bench.store, verification)
    await bench.client.workflow.getHandle(started.folder.runId).result()
    const again = await readNumbers((await rereadRun(folder, await readExecutions(started.folder))).folder)
    expect(again.counts.solved).toEqual(['task-0000', 'task-0001'])
    expect(again.counts.verdicts).toEqual(whole.counts.verdicts)
    expect(again.counts.scores).toEqual(whole.counts.scores)
    expect(provider.requests).toHaveLength(requests)
    // What is stored stays as it was.
    expect((await readNumbers(folder)).counts).toEqual(before.counts)
  })
})
