#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startRun } from '../../src/client/start-run.ts'
import { steerRun } from '../../src/client/steer-run.ts'
import { nameTaskWorkflow } from '../../src/domain/runs/workflow-ids.ts'
import { startFakeProvider } from '../support/fake-provider.ts'
import { answers, buildRun, buildTasks, openTestBench } from '../support/test-bench.ts'

/*
 * Records the histories that `replay.test.ts` replays. Run it when workflow code was deliberately changed in a way that old runs
 * cannot follow; `up` then starts such runs again from their records.
 */

const bench = await openTestBench()
const provider = await startFakeProvider({ reply: () => ({ text: answers.flip }), latencyMs: 200 })
const controls = { max_concurrent_tasks: 2, save_interval: 2, budget_usd: null }

async function save(name: string, workflowId: string): Promise<void> {
  const history = await bench.client.workflow.getHandle(workflowId).fetchHistory()
  // The name of the machine stays out of the history.
  const text = historyToJSON(history).replaceAll(/"identity": "[^"]*"/g, '"identity": "recorder"')
  await writeFile(join(import.meta.dirname, `${name}.json`), `${text}\n`)
}

const complete = buildRun(provider.url, { name: 'complete', tasks: buildTasks(5), controls })
await startRun(bench.opening, bench.store, complete)
await bench.client.workflow.getHandle('complete').result()
await save('run-complete', 'complete')
await save('task-complete', nameTaskWorkflow('complete', 'task-0000'))

/** Right as soon as an earlier program came back with its result. */
const learner = await startFakeProvider({
  reply: ({ body }) => ({ text: body.messages.some(({ role }) => role === 'assistant') ? answers.flip : answers.same }),
})
const refined = buildRun(learner.url, { name: 'refined', tasks: buildTasks(1), rounds: 3, controls })
await startRun(bench.opening, bench.store, refined)
await bench.client.workflow.getHandle('refined').result()
await save('task-refined', nameTaskWorkflow('refined', 'task-0000'))

const interrupted = buildRun(provider.url, { name: 'interrupted', tasks: buildTasks(8), controls })
const sent = provider.requests.length
await startRun(bench.opening, bench.store, interrupted)
await provider.waitUntil((requests) => requests.length >= sent + 2)
await steerRun(bench.client, 'interrupted', 'pause')
await steerRun(bench.client, 'interrupted', 'unpause')
await provider.waitUntil((requests) => requests.length >= sent + 6)
await steerRun(bench.client, 'interrupted', 'interrupt')
await bench.client.workflow.getHandle('interrupted').result()
await save('run-interrupted', 'interrupted')

await provider.close()
await learner.close()
await bench.close()
process.exit()
