import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { reopenRun } from '../../src/client/reopen-run.ts'
import { startRun } from '../../src/client/start-run.ts'
import { steerRun } from '../../src/client/steer-run.ts'
import type { VerificationEntry } from '../../src/domain/results/verification-entry.ts'
import { chooseLimits, type ProgramLimits } from '../../src/domain/runs/program-limits.ts'
import { limitsOf } from '../../src/domain/runs/run.ts'
import { readNumbers } from '../../src/runs/read-numbers.ts'
import { prepareVerification } from '../../src/runs/verifying/prepare-verification.ts'
import { readProgramsOfFile } from '../../src/runs/verifying/read-programs-of-file.ts'
import { readProgramsOfRun } from '../../src/runs/verifying/read-programs-of-run.ts'
import { buildPairs } from '../support/build-run.ts'
import { closeAfterEach } from '../support/close-after-each.ts'
import { keepProviders } from '../support/keep-providers.ts'
import { keepTestBench } from '../support/keep-test-bench.ts'
import { spin } from '../support/spin.ts'
import { answers, buildRun } from '../support/test-bench.ts'
import { openTestStack } from '../support/test-stack.ts'

const bench = keepTestBench()
const serve = keepProviders()
const closeAfter = closeAfterEach()
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-verify-'))
})
afterAll(() => rm(folder, { recursive: true }))

const right = 'def solve_task(grid):\n    return grid[::-1]'
const wrong = 'def solve_task(grid):\n    return grid'
const raising = 'def solve_task(grid):\n    return grid[99]'

const entry = (index: number, python_code: unknown) => {
  return { task_id: `task-${index}`, task_data: buildPairs(10 * index), python_code }
}

async function write(name: string, value: unknown): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value))
  return path
}

/** Starts the verification of a file, and waits for nothing. */
async function start(path: string, maxConcurrentTasks = 5, limits?: ProgramLimits) {
  const given = await readProgramsOfFile(path)
  const run = prepareVerification(
    {
      programsToVerify: given,
      entryPoints: ['solve_task'],
      limits,
      controls: { max_concurrent_tasks: maxConcurrentTasks, save_interval: 2, budget_usd: null },
      output: null,
      versions: {},
    },
    new Date(),
  )
  return (await startRun(bench.opening, bench.store, run)).folder
}

async function end(runId: string) {
  await bench.client.workflow
    .getHandle(runId)
    .result()
    .catch(() => undefined)
  const numbers = await readNumbers(await bench.store.openRun(runId))
  const text = await readFile(join(bench.config.dataDir, numbers.state.results_file ?? ''), 'utf8')
  return { ...numbers, results: (JSON.parse(text) as { results: VerificationEntry[] }).results }
}

describe('a verification', () => {
  const judgeBy = async (path: string, limits: ProgramLimits) => {
    const { runId } = await start(path, 5, limits)
    const { run, state } = await end(runId)
    const file = join(bench.config.dataDir, state.results_file ?? '')
    const document = JSON.parse(await readFile(file, 'utf8')) as { metadata: object; results: VerificationEntry[] }
    const verdicts = document.results.flatMap(({ verdict }) => verdict.flat())
    return { runLimits: limitsOf(run), metadata: document.metadata, verdicts }
  }
  /** Turns a grid upside down after that much CPU time. */
  const flipAfter = (cpuSeconds: number) =>
    spin(cpuSeconds).replace('def solve(', 'def solve_task(').replace('return grid', 'return grid[::-1]')

  test('gives a right program 7.2 s of CPU time over its pairs, and less when less was set', async () => {
    const path = await write('slow.json', [entry(0, flipAfter(7.2 / 3))])
    // 2.4 s on each of three grids; the processor of a test may be twice as fast or as slow.
    const enough = chooseLimits()
    expect(await judgeBy(path, enough)).toMatchObject({
      runLimits: enough,
      metadata: { provenance: { limits: enough, addresses: [] } },
      verdicts: ['correct'],
    })
    const little = chooseLimits({ cpuSeconds: 0.2 })
    expect(await judgeBy(path, little)).toMatchObject({
      runLimits: little,
      metadata: { provenance: { limits: little } },
      verdicts: ['cpu-timeout'],
    })
  })

  test('judges a right program the same when the machine is much slower', async () => {
    const busy = Array.from({ length: 12 }, () => spawn('/bin/sh', ['-c', 'while :; do :; done']))
    try {
      const path = await write(
        'starved.json',
        [0, 1, 2].map((index) => entry(index, flipAfter(0.25))),
      )
      const { verdicts } = await judgeBy(path, chooseLimits({ cpuSeconds: 2, wallSeconds: 0.5 }))
      expect(verdicts).toEqual(['correct', 'correct', 'correct'])
    } finally {
      for (const child of busy) child.kill('SIGKILL')
    }
  })

  test('runs every program of a file on train and test pairs and asks no model', async () => {
    const path = await write('three.json', [entry(0, [right, wrong]), entry(1, right), entry(2, [null, raising])])
    const { runId } = await start(path)
    const { state, counts, ledger, results } = await end(runId)
    expect(state.state).toBe('complete')
    expect(ledger.sent).toBe(0)
    expect(counts.verdicts).toEqual({ correct: 2, error: 1, wrong: 1 })
    expect(counts.failing).toEqual(['task-0', 'task-2'])
    expect(
      results.map(({ task_id, verdict, sources }) => [task_id, verdict, sources.map(({ sample }) => sample)]),
    ).toEqual([
      ['task-0', ['correct', 'wrong'], [0, 1]],
      ['task-1', ['correct'], [0]],
      ['task-2', ['error'], [1]],
    ])
    expect(results[2]?.first_fault).toMatchObject([
      { pair: 'train 1', verdict: 'error', error_type: 'IndexError', line: 2 },
    ])
  })

  test('runs equal programs of a task once, however many entries have them', async () => {
    const path = await write('equal.json', [entry(0, [right, right]), entry(0, right), entry(1, right)])
    const { runId } = await start(path)
    const { counts, results } = await end(runId)
    expect(counts.programs).toEqual({ total: 4, distinct: 2, train_correct: 4, test_correct: 4 })
    expect(results.map(({ sources }) => sources.map(({ place, sample }) => [place, sample]))).toEqual([
      [
        ['[0]', 0],
        ['[0]', 1],
        ['[1]', 0],
      ],
      [['[2]', 0]],
    ])
    // In microseconds: two runs would differ.
    expect(new Set(results[0]?.verification_time_seconds).size).toBe(1)
  })

  test('ends when interrupted, and continues where it was', async () => {
    const path = await write(
      'many.json',
      Array.from({ length: 12 }, (_, index) => entry(index, right)),
    )
    const run = await start(path, 1)
    while ((await run.listRecorded()).length === 0) await new Promise(setImmediate)
    await steerRun(bench.client, run.runId, 'interrupt')
    const interrupted = await end(run.runId)
    expect(interrupted.state.state).toBe('interrupted')
    expect(interrupted.counts.recorded).toBeLessThan(12)
    const first = await run.findRecord('task-0')
    await reopenRun(bench.opening, run, {})
    const complete = await end(run.runId)
    expect(complete.state.state).toBe('complete')
    expect(complete.counts.verdicts).toEqual({ correct: 12 })
    expect(await run.findRecord('task-0')).toEqual(first)
  })

  test("takes over a run's programs, and finds what the run found", async () => {
    const provider = await serve({
      reply: ({ body }) => ({
        text: body['seed'] === 0 ? answers.flip : body['seed'] === 1 ? answers.same : answers.none,
      }),
    })
    const asked = buildRun(provider.url, { samples: 3, sampling: { seed: 0 } })
    await startRun(bench.opening, bench.store, asked)
    await bench.client.workflow.getHandle(asked.run.run_id).result()
    await provider.close()
    const folder = await bench.store.openRun(asked.run.run_id)
    const given = await readProgramsOfRun(folder)
    expect(given.withoutProgram).toBe(3)
    const again = prepareVerification(
      {
        programsToVerify: given,
        entryPoints: ['solve_task'],
        controls: asked.state.controls,
        output: null,
        versions: {},
      },
      new Date(),
    )
    await startRun(bench.opening, bench.store, again)
    const { counts } = await end(again.run.run_id)
    expect(counts.verdicts).toEqual((await readNumbers(folder)).counts.verdicts)
  })
})

describe('arcloom verify', () => {
  test('verifies the good entries, reports the bad one with its line, and exits with 2', async () => {
    const stack = await closeAfter(openTestStack())
    const lines = [entry(0, right), entry(1, wrong)].map((each) => JSON.stringify(each))
    const path = await write('torn.jsonl', `${lines.join('\n')}\n${JSON.stringify(entry(2, right)).slice(0, 60)}`)
    const output = join(folder, 'verified.json')
    const torn = await stack.arcloom('verify', path, '--output', output, '--json')
    expect(torn.code).toBe(2)
    expect(JSON.parse(torn.stdout)).toMatchObject({
      kind: 'verification',
      state: 'complete',
      model: null,
      programs: { total: 2, distinct: 2, train_correct: 1, test_correct: 1 },
      verdicts: { correct: 1, wrong: 1 },
      failing_task_ids: ['task-1'],
      faults: [{ file: path, place: 'line 3' }],
      results_file: output,
    })
    expect(torn.stderr).toContain(`${path} at line 3`)

    const before = await readFile(output, 'utf8')
    const taken = await stack.arcloom('verify', path, '--output', output)
    expect(taken.code).toBe(2)
    expect(await readFile(output, 'utf8')).toBe(before)

    const other = await write('other.json', [entry(0, right.replace('solve_task', 'my_rule'))])
    const named = await stack.arcloom('verify', other, '--function', 'my_rule', '--json')
    expect(named.code).toBe(0)
    expect(JSON.parse(named.stdout)).toMatchObject({ verdicts: { correct: 1 } })
  })

  test.each([
    ['no JSON', 'hello', /neither a JSON document nor JSON lines/],
    ['an entry without task_data', [{ task_id: 'a', python_code: [right] }], /\[0\]\.task_data: must be a task/],
    ['an entry without programs', [{ task_id: 'a', task_data: buildPairs(0) }], /\[0\]: no program/],
    [
      'a grid of texts',
      [{ task_id: 'a', task_data: { train: [{ input: [['a']], output: [[1]] }], test: [] }, python_code: [right] }],
      /\[0\]\.task_data\.train\[0\]\.input\[0\]\[0\]: a cell is an integer/,
    ],
  ])(
    'refuses %s before anything starts',
    async (_, value, words) => {
      const stack = await closeAfter(openTestStack())
      const { code, stderr } = await stack.arcloom('verify', await write('bad.json', value))
      expect(code).toBe(2)
      expect(stderr).toMatch(words)
      expect(existsSync(join(stack.dataDir, 'runs'))).toBe(false)
    },
    60_000,
  )
})
