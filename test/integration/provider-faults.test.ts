import { beforeAll, describe, expect, test } from '@jest/globals'
import type { RunFolder } from '../../src/adapters/stores/run-store.ts'
import { exitCodeOf } from '../../src/cli/exit-codes.ts'
import { startRun } from '../../src/client/start-run.ts'
import type { Answer } from '../../src/domain/answers/answer.ts'
import { readMessage } from '../../src/domain/providers/read-message.ts'
import { describeRun, type RunDocument } from '../../src/domain/results/run-document.ts'
import type { Task } from '../../src/domain/tasks/task.ts'
import type { RunRequest } from '../../src/runs/prepare-run.ts'
import { readNumbers } from '../../src/runs/read-numbers.ts'
import { startFakeProvider, type FakeProvider, type RecordedRequest } from '../support/fake-provider.ts'
import { keepTestBench } from '../support/keep-test-bench.ts'
import { runFaults, sampleFaults, type ProviderFault } from '../support/provider-faults.ts'
import { readFaultTable } from '../support/read-fault-table.ts'
import { answers, buildModel, buildRun, buildTasks } from '../support/test-bench.ts'

/*
 * `docs/provider-faults.md` says for each fault how many requests are sent, what is stored, what is printed and how the run
 * exits. Here each fault is provoked, and its row is the expectation.
 */

const bench = keepTestBench({
  environment: { QUOTED_KEY: '“sk-0123456789abcdef0123456789abcdef”' },
  replyTimeoutMs: 5_000,
})

const tables = {
  samples: readFaultTable('One sample'),
  runs: readFaultTable('Every request'),
}

test.each([
  ['one sample', tables.samples, sampleFaults.flat()],
  ['every request', tables.runs, runFaults],
])('the page has a row for each fault of %s', (_, table, faults) => {
  expect([...table.keys()]).toEqual(faults.map(({ name }) => name))
})

interface Ended {
  readonly folder: RunFolder
  readonly document: RunDocument
  readonly requests: readonly RecordedRequest[]
  readonly answers: readonly Answer[]
}

async function runToEnd(provider: FakeProvider, change: Partial<RunRequest>): Promise<Ended> {
  const { folder } = await startRun(bench.opening, bench.store, buildRun(provider.url, { samples: 1, ...change }))
  await bench.client.workflow
    .getHandle(folder.runId)
    .result()
    .catch(() => undefined)
  const document = describeRun(await readNumbers(folder), Date.now())
  const keys = await folder.listAnswers()
  const answers = await Promise.all(keys.map((key) => folder.readAnswer(key)))
  return { folder, document, requests: [...provider.requests], answers }
}

/** No two of them show the same row. */
const tasks = buildTasks(4 * Math.max(...sampleFaults.map((group) => group.length))).filter((_, nth) => nth % 4 === 0)

function isAbout({ body }: RecordedRequest, { train }: Task): boolean {
  const row = JSON.stringify(train[0]?.input[0])
  return body.messages.some(({ content }) => content.includes(row))
}

/** Runs a group of faults, each with a task of its own. */
async function provokeTogether(faults: readonly ProviderFault[]): Promise<Ended> {
  const asked = new Map<number, number>()
  const provider: FakeProvider = await startFakeProvider({
    reply(request) {
      const index = tasks.findIndex((task) => isAbout(request, task))
      const nth = asked.get(index) ?? 0
      asked.set(index, nth + 1)
      return (faults[index] as ProviderFault).reply(nth, provider.url) // one task per fault
    },
  })
  const ended = await runToEnd(provider, {
    model: buildModel(provider.url, { limits: { maxReplyMegabytes: 2 } }),
    tasks: tasks.slice(0, faults.length),
    controls: { max_concurrent_tasks: faults.length, save_interval: 100, budget_usd: null },
  })
  await provider.close()
  return ended
}

describe('one sample of a run', () => {
  let runs: readonly Ended[]
  beforeAll(async () => void (runs = await Promise.all(sampleFaults.map(provokeTogether))))

  const places = sampleFaults.flatMap((group, run) => group.map(({ name }, nth) => [name, run, nth] as const))
  test.each(places)('%s', async (name, run, nth) => {
    const { folder, document, requests, answers } = runs[run] as Ended // it was provoked
    const task = tasks[nth] as Task // the counts are equal
    const failed = document.failed_items.find(({ item }) => item === task.taskId)
    const answer = answers.find(({ question }) => question.item === task.taskId)
    const settled = [...(await folder.readLedger())].filter((line) => line.type === 'settled')
    const said = [
      failed?.reason,
      answer?.rejected,
      ...settled.filter((line) => line.answer === answer?.key).flatMap(({ reason, warning }) => [reason, warning]),
    ]
    const row = tables.samples.get(name)
    expect({
      requests: String(requests.filter((request) => isAbout(request, task)).length),
      kept: answer === undefined ? 'nothing' : answer.rejected === null ? 'answer' : 'rejection',
      words: row?.words.filter((words) => said.join('\n').includes(words)),
      exit: exitCodeOf({ state: 'complete', tasks: { total: 1, done: 1, failed: failed ? 1 : 0 } }),
      said: said.filter(Boolean).join('\n'),
    }).toMatchObject({ ...row })
  })

  test('only answers are stored as answers', () => {
    const kept = runs.flatMap(({ answers }) => answers).filter(({ rejected }) => rejected === null)
    const texts = new Set(kept.map(({ response }) => readMessage(response).text.trim()))
    expect(texts).toEqual(new Set([answers.flip, '']))
  })

  test('the other samples are asked and recorded anyway', () => {
    for (const { document } of runs) {
      const { state, tasks } = document
      expect({ state, ended: tasks.done + tasks.failed }).toEqual({ state: 'complete', ended: tasks.total })
    }
  })
})

/** This many tasks, one after another. */
const oneByOne = { tasks: buildTasks(6), controls: { max_concurrent_tasks: 1, save_interval: 100, budget_usd: null } }

async function provoke(fault: ProviderFault, change: Partial<RunRequest>): Promise<Ended> {
  const asked = new Map<string, number>()
  const provider: FakeProvider = await startFakeProvider({
    reply({ body }) {
      const prompt = JSON.stringify(body.messages)
      const nth = asked.get(prompt) ?? 0
      asked.set(prompt, nth + 1)
      return fault.reply(nth, provider.url)
    },
  })
  try {
    return await runToEnd(provider, { model: buildModel(provider.url, fault.model?.(provider.url)), ...change })
  } finally {
    await provider.close()
  }
}

async function provokeAll(faults: readonly ProviderFault[], change: Partial<RunRequest>): Promise<Map<string, Ended>> {
  return new Map(await Promise.all(faults.map(async (fault) => [fault.name, await provoke(fault, change)] as const)))
}

describe('every request of a run', () => {
  let ended: Map<string, Ended>
  beforeAll(async () => void (ended = await provokeAll(runFaults, oneByOne)))

  test.each(runFaults.map(({ name }) => name))('%s', (name) => {
    const row = tables.runs.get(name)
    const { document, requests, answers } = ended.get(name) as Ended // it was provoked
    const said = document.reason ?? ''
    const kept = new Set(answers.map(({ rejected }) => (rejected === null ? 'answer' : 'rejection')))
    expect({
      requests: String(requests.length),
      kept: [...kept].join() || 'nothing',
      words: row?.words.filter((words) => said.includes(words)),
      exit: exitCodeOf(document),
      said,
    }).toMatchObject({ ...row })
    expect(said).not.toContain('0123456789')
  })
})
