import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { writeTasks } from '../../../test/support/write-tasks.ts'
import { findEvaluationSets, type EvaluationPlaces } from './find-evaluation-sets.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'arcloom-sets-'))
})
afterEach(() => rm(root, { recursive: true }))

const write = (folder: string, count: number) => writeTasks(join(root, folder), count)

/** Paths below the root, with the benchmark and whether the user asked for them. */
async function find(places: Partial<EvaluationPlaces>) {
  const below = (path: string) => join(root, path)
  const sets = await findEvaluationSets({
    fetched: below('datasets'),
    shipped: below('tasks'),
    datasets: (places.datasets ?? []).map(below),
    namedPaths: (places.namedPaths ?? []).map(below),
  })
  return sets.map(({ path, benchmark, asked }) => [path.slice(root.length + 1), benchmark, asked])
}

describe('findEvaluationSets', () => {
  test('finds fetched and shipped sets', async () => {
    await write('tasks/evaluation', 1)
    await write('datasets/arc-agi-2/data/evaluation', 120)
    expect(await find({})).toEqual([
      ['tasks/evaluation', 'arcloom', false],
      ['datasets/arc-agi-2/data/evaluation', 'arc-agi-2', false],
    ])
  })

  test.each([
    ['the training folder', 'ARC-AGI-2/data/training'],
    ['the folder of both', 'ARC-AGI-2/data'],
    ['the checkout', 'ARC-AGI-2'],
    ['a single task', 'ARC-AGI-2/data/training/task-0000.json'],
    ['the evaluation folder itself', 'ARC-AGI-2/data/evaluation'],
  ])('finds sets beside the tasks of a run, read from %s', async (_, path) => {
    await write('ARC-AGI-2/data/training', 1)
    await write('ARC-AGI-2/data/evaluation', 120)
    expect(await find({ datasets: [path] })).toEqual([['ARC-AGI-2/data/evaluation', 'arc-agi-2', false]])
  })

  test('verifies no set by its name alone', async () => {
    await write('ARC-AGI-2/data/evaluation', 120)
    const [set] = await findEvaluationSets({
      fetched: '',
      shipped: '',
      datasets: [join(root, 'ARC-AGI-2')],
      namedPaths: [],
    })
    expect(set).toMatchObject({ benchmark: 'arc-agi-2', verified: false, name: set?.path })
  })

  test('does not take part of a set for the set', async () => {
    await write('datasets/arc-agi-2/data/evaluation', 119)
    expect(await find({})).toEqual([['datasets/arc-agi-2/data/evaluation', undefined, false]])
  })

  test('uses a folder given by the user whatever its name, and recognises the set of a benchmark', async () => {
    await write('mine', 1)
    await write('arc-agi-2/data/evaluation', 120)
    expect(await find({ namedPaths: ['mine', 'arc-agi-2'] })).toEqual([
      ['mine', undefined, true],
      ['arc-agi-2', 'arc-agi-2', true],
    ])
  })

  test('uses only the evaluation tasks of a whole dataset', async () => {
    await write('other/training', 3)
    await write('other/evaluation', 2)
    const [set] = await findEvaluationSets({
      fetched: '',
      shipped: '',
      datasets: [],
      namedPaths: [join(root, 'other')],
    })
    expect(set?.tasks.map(({ name }) => name)).toEqual(['other/evaluation/task-0000', 'other/evaluation/task-0001'])
  })

  test('reads a set once that is reachable by two paths', async () => {
    await write('tasks/evaluation', 1)
    await write('tasks/training', 1)
    await mkdir(join(root, 'elsewhere'))
    await symlink(join(root, 'tasks', 'evaluation'), join(root, 'elsewhere', 'evaluation'))
    const found = await find({ datasets: ['tasks/training', 'elsewhere'], namedPaths: ['tasks/evaluation'] })
    expect(found).toEqual([['tasks/evaluation', 'arcloom', true]])
  })

  test('refuses a set given by the user that is missing or cannot be read', async () => {
    await expect(find({ namedPaths: ['nothing'] })).rejects.toThrow(/no such file or folder/)
    await mkdir(join(root, 'empty'))
    await expect(find({ namedPaths: ['empty'] })).rejects.toThrow(/no .json file/)
  })

  test('skips folders that no longer exist', async () => {
    expect(await find({ datasets: ['gone/training'] })).toEqual([])
  })
})
