import { expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { readNumbers } from '../../src/adapters/read-numbers.ts'
import { startRun } from '../../src/client/start-run.ts'
import { keepProviders } from '../support/keep-providers.ts'
import { keepTestBench } from '../support/keep-test-bench.ts'
import { answers, buildRun, buildTasks } from '../support/test-bench.ts'

const script = fileURLToPath(new URL('../../docs/recompute_scores.py', import.meta.url))

const bench = keepTestBench()
const serve = keepProviders()

test('the scores of a results file are what a few lines of Python make of its entries', async () => {
  const texts = [answers.flip, answers.same, answers.none, answers.broken, answers.flip]
  let asked = 0
  const provider = await serve({ reply: () => ({ text: texts[(asked += 1) % texts.length] ?? '' }) })
  const tasks = buildTasks(7).map((task, index) => ({
    ...task,
    split: index < 4 ? 'training' : 'evaluation',
    test: index % 2 === 0 ? task.test : [...task.test, { input: [[1, 2]], output: [[index, 2]] }],
  }))
  const { folder } = await startRun(bench.opening, bench.store, buildRun(provider.url, { tasks, samples: 3 }))
  await bench.client.workflow.getHandle(folder.runId).result()
  const { state, counts } = await readNumbers(folder)
  const file = join(bench.config.dataDir, state.results_file ?? '')
  // It fails where anything differs.
  const { stdout } = await promisify(execFile)('/usr/bin/python3', [script, file])
  const recomputed = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  const told = counts.scores ?? []
  // The same numbers stand in the reports beside the run.
  expect(JSON.parse((await folder.findReport('report.json')) ?? '')).toMatchObject({ scores: told })
  expect(await folder.findReport('report.html')).toContain('Scores on made training')
  expect(await folder.findReport('report.md')).toContain('## Scores on made training')
  expect(told).toHaveLength(2)
  expect(new Set(told.map(({ leaderboard, strict }) => leaderboard.value - strict.value)).size).toBeGreaterThan(1)
  expect(recomputed).toEqual(
    told.map(({ dataset, split, leaderboard, strict, per_output, pass_at }) => ({
      dataset,
      split,
      leaderboard: expect.closeTo(leaderboard.value, 12),
      strict: expect.closeTo(strict.value, 12),
      per_output: expect.closeTo(per_output.value, 12),
      pass_at: pass_at.map(({ value }) => expect.closeTo(value, 12)),
    })),
  )
}, 60_000)
