import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { readExamples } from '../../src/adapters/exports/read-examples.ts'
import { repairFormat } from '../../src/adapters/exports/repair.ts'
import type { RunFolder } from '../../src/adapters/stores/run-store.ts'
import { startRun } from '../../src/client/start-run.ts'
import type { ResultsEntry } from '../../src/domain/results/results-entry.ts'
import { needAskingRun } from '../../src/domain/runs/run.ts'
import type { Solver } from '../../src/domain/solvers/solver.ts'
import type { RunRequest } from '../../src/runs/prepare-run.ts'
import { readNumbers } from '../../src/runs/read-numbers.ts'
import { closeAfterEach } from '../support/close-after-each.ts'
import type { FakeProvider, FakeProviderOptions } from '../support/fake-provider.ts'
import { keepProviders } from '../support/keep-providers.ts'
import { keepTestBench } from '../support/keep-test-bench.ts'
import { renderExamples } from '../support/list-exported.ts'
import { answers, buildRun, buildTasks } from '../support/test-bench.ts'
import { openTestStack } from '../support/test-stack.ts'
import { writeTasks } from '../support/write-tasks.ts'

/** A solver that is not in the list: asks for one sample after another, until a program is right on all train pairs. */
const untilRight: Solver = {
  name: 'until-right',
  next({ samples, limits }) {
    const right = samples.flat(2).some(({ train }) => train?.every(({ verdict }) => verdict === 'correct'))
    return right || samples.length === limits.samples ? 'done' : [{ ask: samples.length }]
  },
}

/** Asks for its only sample again, whatever the result. */
const again: Solver = { name: 'again', next: () => [{ ask: 0 }] }

const bench = keepTestBench({ solvers: [untilRight, again] })
const serve = keepProviders()
const closeAfter = closeAfterEach()

/** Runs to the end against a provider of its own. */
async function complete(options: FakeProviderOptions, change: Partial<RunRequest>) {
  const provider = await serve(options)
  const run = buildRun(provider.url, { tasks: buildTasks(1), samples: 1, ...change })
  const { folder } = await startRun(bench.opening, bench.store, run)
  await bench.client.workflow
    .getHandle(folder.runId)
    .result()
    .catch(() => undefined)
  const numbers = await readNumbers(folder)
  const path = numbers.state.results_file ?? ''
  const { results } = JSON.parse(await readFile(join(bench.config.dataDir, path), 'utf8')) as {
    results: ResultsEntry[]
  }
  return { provider, folder, numbers, path, results }
}

type Asked = FakeProvider['requests'][number]

/** The round that a request belongs to: earlier answers come back as the assistant's. */
const roundOf = ({ body }: Asked) => body.messages.filter(({ role }) => role === 'assistant').length + 1

/** The rows that `export repair` makes from a run of one task. */
async function listRepairs(folder: RunFolder) {
  const [reference] = await folder.listItems()
  if (reference === undefined) throw new Error('the run has no item')
  const item = { ...reference, ...(await folder.readPairs(reference.hash)) }
  const run = needAskingRun(await folder.readRun())
  const standing = { evaluation: false, checked: true, checkedAgainst: ['arc-agi-2'], missing: [], kin: undefined }
  const examples = await readExamples(folder, run, item)
  return renderExamples(repairFormat, examples, { run, standing, only: 'train-correct' })
}

describe('feedback rounds', () => {
  test('ask again, with what happened, until every train pair is right', async () => {
    const rounds = [answers.broken, answers.same, answers.flip]
    const { provider, numbers, folder } = await complete(
      { reply: (request) => ({ text: rounds[roundOf(request) - 1] ?? '' }) },
      { rounds: 5 },
    )
    expect(provider.requests.map(roundOf)).toEqual([1, 2, 3])
    const last = provider.requests[2]?.body.messages ?? []
    // In order of score: the one that raised got no cell right.
    expect(last.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user', 'assistant', 'user'])
    expect(last[2]?.content).toBe(answers.broken)
    expect(last[3]?.content).toContain('It raised IndexError: list index out of range in line 2 (`return grid[99]`).')
    expect(last[5]?.content).toContain('cells differ:\n- row 0, column 0: got')
    expect(numbers.counts.verdicts).toEqual({ correct: 1 })
    const record = await folder.findRecord('task-0000')
    expect(record?.samples[0]).toMatchObject({ chosen: 2 })
    // If these change, runs that are open during an update ask and pay again.
    expect(record?.samples[0]?.rounds.flatMap((round) => round.answers)).toEqual([
      '28aa94b6bceb9aaddfb2be6b174ea22b9074c10c7384736598715117e09b5d80',
      'a2f28188e6432deddf1fd49122b4021711e0b23ff4647d219428d8481461078c',
      '0246c9274e6ec26e441474412917299c37d8e91b2731536c35cf5992b268cc92',
    ])
    expect(record?.samples[0]?.rounds.map((round) => round.run?.verdict)).toEqual(['error', 'wrong', 'correct'])
    expect(await listRepairs(folder)).toMatchObject([
      {
        prompt: [{ role: 'system' }, { role: 'user' }],
        failing: answers.same,
        failing_program: expect.stringContaining('return grid'),
        feedback: expect.stringContaining('cells differ'),
        fix: answers.flip,
        metadata: { task_id: 'task-0000', round: 3, train_correct: true },
      },
    ])
  })

  test('end with the last one, and the best program counts for the sample', async () => {
    const rounds = [answers.same, answers.broken, answers.broken]
    const { provider, folder } = await complete(
      { reply: (request) => ({ text: rounds[roundOf(request) - 1] ?? '' }) },
      { rounds: 3 },
    )
    expect(provider.requests).toHaveLength(3)
    expect((await folder.findRecord('task-0000'))?.samples[0]).toMatchObject({ chosen: 0 })
  })

  test('are only for the samples that failed', async () => {
    const { provider } = await complete(
      { reply: (request) => ({ text: request.body['seed'] === 0 ? answers.flip : answers.same }) },
      { samples: 2, rounds: 2, sampling: { seed: 0 } },
    )
    const asked = provider.requests.map(
      (request) => `sample ${String(request.body['seed'])}, round ${roundOf(request)}`,
    )
    expect(new Set(asked)).toEqual(new Set(['sample 0, round 1', 'sample 1, round 1', 'sample 1, round 2']))
    expect(asked).toHaveLength(3)
  })

  test('continue where they were when the worker is killed before it asks what was decided, and while it asks', async () => {
    const stack = await closeAfter(openTestStack())
    const dataset = await writeTasks(join(stack.dataDir, 'tasks'), 1)
    const paused = Promise.withResolvers<void>()
    let killed = false
    const provider = await serve({
      async reply(request) {
        if (roundOf(request) === 2) await paused.promise
        if (roundOf(request) === 3 && !killed) {
          killed = true
          stack.kill('worker')
        }
        return { text: roundOf(request) === 3 ? answers.flip : answers.same }
      },
    })
    const place = ['--model', 'local/fake', '--base-url', provider.url, '--dataset', dataset, '--name', 'refined']
    const client = stack.begin('benchmark', 'code', ...place, '--rounds', '4', '--json')
    await provider.waitUntil((requests) => requests.length === 2)
    // What is in flight is answered, verified and followed by a decision, and nothing is sent.
    await stack.arcloom('pause', 'refined')
    paused.resolve()
    const decisions = join(stack.dataDir, 'runs/refined/decisions')
    const readDecisions = async () => {
      const names = (await readdir(decisions)).filter((name) => name.endsWith('.json'))
      return Promise.all(names.sort().map((name) => readFile(join(decisions, name), 'utf8')))
    }
    let decided = await readDecisions()
    while (decided.length < 3) decided = await readDecisions()
    stack.kill('worker')
    await stack.arcloom('unpause', 'refined')

    const { code, stdout } = await client.ended
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ verdicts: { correct: 1 }, samples: { repaid: 1 } })
    expect(provider.requests.map(roundOf)).toEqual([1, 2, 3, 3])
    expect(await readDecisions()).toEqual(decided)
  })
})

describe('another solver', () => {
  test('asks for what it decides, and no more', async () => {
    const { provider, folder, numbers } = await complete(
      { reply: ({ body }) => ({ text: body['seed'] === 2 ? answers.flip : answers.same }) },
      { solver: untilRight.name, samples: 4, sampling: { seed: 0 } },
    )
    expect(provider.requests.map(({ body }) => body['seed'])).toEqual([0, 1, 2])
    expect(numbers.counts).toMatchObject({ verdicts: { wrong: 2, correct: 1 }, solved: ['task-0000'] })
    const record = await folder.findRecord('task-0000')
    expect(record?.samples.map(({ rounds }) => rounds.length)).toEqual([1, 1, 1])
  })

  test('fails its items with a message when it decides what no run can follow', async () => {
    const { numbers } = await complete(
      { reply: () => ({ text: answers.none }) },
      { solver: 'again', samples: 1, rounds: 2 },
    )
    expect(numbers.failures).toMatchObject([
      { reason: expect.stringContaining('solver "again" asks sample 0 again, which has no program yet') },
    ])
  })

  test('stops the run, and lists the known ones, when it is unknown', async () => {
    const { provider, numbers } = await complete({ reply: () => ({ text: answers.flip }) }, { solver: 'later' })
    expect(numbers.state).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('there are sample, refine'),
    })
    expect(provider.requests).toEqual([])
  })
})

describe('the direct recipe', () => {
  const twoTests = () => {
    const [task] = buildTasks(1)
    if (task === undefined) throw new Error('a task is needed')
    return {
      ...task,
      test: [
        ...task.test,
        ...buildTasks(9)
          .slice(8)
          .flatMap(({ train }) => train.slice(0, 1)),
      ],
    }
  }

  test('asks once per test input and sample, and keeps each grid', async () => {
    const task = twoTests()
    const [first, second] = task.test.map(({ output }) => JSON.stringify(output))
    const shows = ({ body }: Asked) => body.messages.at(-1)?.content.includes(JSON.stringify(task.test[0]?.input[0]))
    const { provider, numbers, results, path } = await complete(
      {
        reply: (request) => ({
          text: request.body['seed'] === 1 ? 'No idea.' : `So:\n\`\`\`\n${shows(request) ? first : second}\n\`\`\``,
        }),
      },
      { recipe: 'direct', tasks: [task], samples: 2, sampling: { seed: 0 } },
    )
    expect(provider.requests).toHaveLength(4)
    expect(path).toMatch(/^benchmark\/direct_benchmark\/direct_benchmark_results_/)
    expect(numbers).toMatchObject({ wanted: 4, answers: 4, counts: { outcomes: { answered: 2, unparseable: 2 } } })
    expect(results[0]).toMatchObject({
      output_grid: [task.test.map(({ output }) => output), [null, null]],
      answer_correct: [true, false],
      verification_reason: ['Passed', 'No Grid (Test Case 0)'],
      comparison_details: [
        [{ same_size: true, cells_right: 8, cells: 8 }, expect.anything()],
        [null, null],
      ],
    })
    expect(results[0]?.calls?.map((sample) => sample.map(({ outcome }) => outcome))).toEqual([
      ['answered', 'answered'],
      ['unparseable', 'unparseable'],
    ])
    expect(results[0]?.usage[0]?.prompt_tokens).toBe(
      results[0]?.calls?.[0]?.reduce((sum, { usage }) => sum + (usage.prompt_tokens ?? NaN), 0),
    )
  })
})

describe('a generation run', () => {
  test('stores explanations where the Python original stored them, and counts the flawed ones', async () => {
    const texts = ['It is turned upside down.', 'Error: 429 Too Many Requests', '']
    const { numbers, results, path } = await complete(
      {
        reply: ({ body }) => ({
          text: texts[Number(body['seed'])] ?? '',
          body: { usage: { prompt_tokens: 1, completion_tokens: 1 } },
        }),
      },
      { kind: 'generation', recipe: 'reasoning', samples: 3, sampling: { seed: 0 } },
    )
    expect(path).toMatch(/^synthetic_data\/reasoning_data\/reasoning_data_results_/)
    expect(numbers.counts.outcomes).toEqual({ answered: 1, unparseable: 2 })
    expect(results[0]).toMatchObject({ reasoning: texts, outcomes: ['answered', 'unparseable', 'unparseable'] })
  })

  test('runs the programs that it asks for', async () => {
    const { numbers, path } = await complete({ reply: () => ({ text: answers.flip }) }, { kind: 'generation' })
    expect(path).toMatch(/^synthetic_data\/code_data\/code_data_results_/)
    expect(numbers.counts.verdicts).toEqual({ correct: 1 })
  })
})
