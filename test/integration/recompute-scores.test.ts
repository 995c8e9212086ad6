import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { startRun } from '../../src/client/start-run.ts'
import type { ResultsEntry } from '../../src/domain/results/results-entry.ts'
import type { SplitScores } from '../../src/domain/scores/score-tallies.ts'
import { votesAlone } from '../../src/domain/selection/votes-alone.ts'
import type { RunRequest } from '../../src/runs/prepare-run.ts'
import { readNumbers } from '../../src/runs/read-numbers.ts'
import { keepProviders } from '../support/keep-providers.ts'
import { keepTestBench } from '../support/keep-test-bench.ts'
import { answers, buildRun, buildTasks } from '../support/test-bench.ts'

const script = fileURLToPath(new URL('../../docs/recompute_scores.py', import.meta.url))

const bench = keepTestBench()
const serve = keepProviders()

interface Recomputed {
  readonly code: number
  readonly scores: readonly unknown[]
  readonly said: string
}

function recompute(file: string, ...flags: string[]): Promise<Recomputed> {
  return new Promise((resolve) => {
    execFile('/usr/bin/python3', [script, file, ...flags], (error, stdout, stderr) =>
      resolve({
        code: error === null ? 0 : Number(error.code),
        scores: stdout
          .split('\n')
          .filter(Boolean)
          .map((line): unknown => JSON.parse(line)),
        said: stderr,
      }),
    )
  })
}

/** The values of the scores that the script prints. */
function listValues(scores: readonly SplitScores[] | null) {
  return (scores ?? []).map(({ dataset, split, leaderboard, strict, per_output, pass_at }) => ({
    dataset,
    split,
    leaderboard: expect.closeTo(leaderboard.value, 12),
    strict: expect.closeTo(strict.value, 12),
    per_output: expect.closeTo(per_output.value, 12),
    pass_at: pass_at.map(({ value }) => expect.closeTo(value, 12)),
  }))
}

/** Runs it with a model that gives these answers in turn. */
async function runWith(texts: readonly string[], change: Partial<RunRequest>) {
  let asked = 0
  const provider = await serve({ reply: () => ({ text: texts[(asked += 1) % texts.length] ?? '' }) })
  const { folder } = await startRun(bench.opening, bench.store, buildRun(provider.url, change))
  await bench.client.workflow.getHandle(folder.runId).result()
  const { state, counts } = await readNumbers(folder)
  return { folder, counts, file: join(bench.config.dataDir, state.results_file ?? '') }
}

async function rewrite(file: string, change: (entry: Record<string, unknown>) => void): Promise<string> {
  const document = JSON.parse(await readFile(file, 'utf8')) as { results: Record<string, unknown>[] }
  for (const entry of document.results) change(entry)
  const path = `${file}.changed.json`
  await writeFile(path, JSON.stringify(document))
  return path
}

const write = (body: string) => `So.\n\`\`\`python\ndef solve_task(grid):\n    ${body}\n\`\`\``
/** Wrong on train in one cell or in all, of different lengths, with non-ASCII text: everything that ties are broken by. */
const nearMisses = [
  write('g = grid[::-1]; g[0][0] = (g[0][0] + 1) % 10; return g'),
  write('g = grid[::-1]; g[0][0] = (g[0][0] + 2) % 10; return g  # 𝕏 für später'),
  write('return [[(c + 1) % 10 for c in row] for row in grid]'),
  write('return [[1]]'),
]

function buildSplitTasks() {
  return buildTasks(7).map((task, index) => ({
    ...task,
    split: index < 4 ? 'training' : 'evaluation',
    test: index % 2 === 0 ? task.test : [...task.test, { input: [[1, 2]], output: [[index, 2]] }],
  }))
}

test('a few lines of Python compute the same attempts and scores from a results file, under any rule', async () => {
  const [first = '', second = ''] = nearMisses
  // The tasks get their five answers one after another, so that most are right where votes alone are wrong.
  const texts = [
    [answers.flip, first, first, second, second],
    [answers.none, ...nearMisses],
    [answers.same, answers.broken, answers.same, answers.flip, answers.flip],
  ].flat()
  const controls = { max_concurrent_tasks: 1, save_interval: 2, budget_usd: null }
  const { folder, counts, file } = await runWith(texts, { tasks: buildSplitTasks(), samples: 5, controls })
  const told = counts.scores ?? []
  // The reports beside the run have the same numbers.
  expect(JSON.parse((await folder.findReport('report.json')) ?? '')).toMatchObject({ scores: told })
  expect(await folder.findReport('report.html')).toContain('Scores on made training')
  expect(await folder.findReport('report.md')).toContain('## Scores on made training')
  expect(told).toHaveLength(2)
  expect(new Set(told.map(({ leaderboard, strict }) => leaderboard.value - strict.value)).size).toBeGreaterThan(1)
  const recomputed = await recompute(file)
  expect(recomputed.said).toContain('entries with other attempts than the file says: 0\n')
  expect(recomputed).toMatchObject({ code: 0, scores: listValues(told) })

  const byVotes = await readNumbers(folder, { rule: votesAlone })
  expect(byVotes.counts.scores).not.toEqual(told)
  expect(await recompute(file, '--selection', 'votes-alone')).toMatchObject({
    code: 0,
    scores: listValues(byVotes.counts.scores),
  })
})

test('attempts from grids answered directly are selected again by votes', async () => {
  const grids = ['[[1, 2]]', '[[2, 2]]', '[[1, 2]]', 'I do not know.', '[[0, 2]]']
  const { counts, file } = await runWith(grids, { recipe: 'direct', tasks: buildSplitTasks(), samples: 5 })
  expect(await recompute(file)).toMatchObject({ code: 0, scores: listValues(counts.scores) })
})

test('a file with changed attempts is told from one that is too old to select again', async () => {
  const { counts, file } = await runWith([answers.flip, answers.same, ...nearMisses], { samples: 3 })
  const changed = await rewrite(file, (entry) => {
    if (entry['task_id'] === 'task-0001') entry['selected'] = [[[[0]]]]
  })
  const recomputed = await recompute(changed)
  expect(recomputed).toMatchObject({ code: 1, scores: listValues(counts.scores) })
  expect(recomputed.said).toContain('other attempts than the file says: 1: task-0001 (version 0)')

  const old = await rewrite(file, (entry) => delete entry['train_outputs' satisfies keyof ResultsEntry])
  const asItStands = await recompute(old)
  expect(asItStands).toMatchObject({ code: 0, scores: listValues(counts.scores) })
  expect(asItStands.said).toContain('3 entries have no train_outputs')

  const unknown = await recompute(file, '--selection', 'oracle')
  expect(unknown).toMatchObject({ code: 2, scores: [] })
  expect(unknown.said).toContain(
    'selection rule "oracle" is unknown here; known are: train-pass-then-votes, votes-alone',
  )
  expect(await recompute(`${file}.nowhere`)).toMatchObject({ code: 2 })
})
