import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { buildPairs } from '../../../test/support/build-run.ts'
import { programOf } from '../../../test/support/list-exported.ts'
import { recordRun, type SaidSample } from '../../../test/support/record-run.ts'
import { scoreSubmission } from '../../../test/support/score-submission.ts'
import type { RecipeName } from '../../domain/recipes/recipe.ts'
import type { Task } from '../../domain/tasks/task.ts'
import { readNumbers } from '../../runs/read-numbers.ts'
import { createRunStore } from '../stores/create-run-store.ts'
import { createMemoryBlobs } from '../stores/memory-blobs.ts'
import { submissionFormat } from './submission.ts'

let place: string
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'arcloom-submission-'))
})
afterEach(() => rm(place, { recursive: true }))

/** Tasks with one, two and three test inputs in turn. */
function buildTask(index: number): Task {
  const test = Array.from({ length: 1 + (index % 3) }, (_, number) => buildPairs(10 * index + number).test).flat()
  return { taskId: `t${index}`, version: 0, dataset: 'd', split: 'evaluation', ...buildPairs(10 * index), test }
}

const rejected: SaidSample = { texts: ['System role not supported'], rejected: true }
const right: SaidSample = { texts: [programOf('grid[::-1]')], right: 'all' }
const wrong: SaidSample = { texts: [programOf('grid')] }
const silent: SaidSample = { texts: [''] }
const unparsed: SaidSample = { texts: ['I do not know.'] }

const text = ({ output }: { readonly output: unknown }) => JSON.stringify(output)
const direct = (task: Task, say: (right: string, index: number) => string): SaidSample => ({
  texts: task.test.map((pair, index) => say(text(pair), index)),
})

/** Returns the samples of each task; undefined for a task not recorded when the run was interrupted. */
type Say = (task: Task, index: number) => readonly SaidSample[] | undefined

/** Scores runs of so many tasks, and expects so many of them to have no answer for the scorer. */
const runs: readonly (readonly [name: string, recipe: RecipeName, say: Say])[] = [
  ['right programs', 'code', () => [right, right]],
  ['programs that fail', 'code', () => [wrong, wrong]],
  ['a mix of right and wrong programs', 'code', (_, index) => (index % 2 === 0 ? [wrong, right] : [wrong, wrong])],
  ['refused requests', 'code', () => [rejected, rejected]],
  ['answers without a program', 'code', () => [unparsed, silent]],
  ['one of each', 'code', (_, index) => [[right], [wrong], [rejected], [unparsed], [silent]][index % 5] ?? []],
  ['an interrupted run', 'code', (_, index) => (index % 3 === 0 ? [right, wrong] : undefined)],
  ['a run interrupted before its first record', 'code', () => undefined],
  ['right grids', 'direct', (task) => [direct(task, (grid) => grid)]],
  [
    'grids right for the first test input only',
    'direct',
    (task) => [direct(task, (grid, n) => (n === 0 ? grid : '[[7]]'))],
  ],
  [
    'a right grid as the second attempt',
    'direct',
    (task) => [direct(task, () => '[[7]]'), direct(task, (grid) => grid)],
  ],
  ['unreadable grids', 'direct', (task) => [direct(task, () => 'No idea.')]],
  ['no answer for one test input', 'direct', (task) => [direct(task, (grid, n) => (n === 1 ? '' : grid))]],
  [
    'an interrupted run of the direct recipe',
    'direct',
    (task, index) => (index < 4 ? [direct(task, (grid) => grid)] : undefined),
  ],
]

describe('ARC Prize’s harness scores a submission as the report does', () => {
  test.each(runs)('%s', async (_, recipe, say) => {
    const tasks = Array.from({ length: 9 }, (_, index) => buildTask(index))
    const store = createRunStore(createMemoryBlobs(), 'test')
    const folder = await recordRun(store, { name: 'run', recipe, tasks, say })
    const output = join(place, 'submission')
    expect(await submissionFormat.write(folder, output)).toBe(true)

    const scored = await scoreSubmission(output, new Map(tasks.map((task) => [task.taskId, task])))
    const { counts } = await readNumbers(folder)
    expect(scored.tasks).toBe(tasks.length)
    expect(counts.scores?.[0]?.leaderboard.value).toBeCloseTo(scored.score, 15)
  })
})
