import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createCatalogue, findTask } from './create-catalogue.ts'

const taskOf = (symbol: number) => {
  const pair = { input: [[symbol]], output: [[0]] }
  return { train: [pair], test: [pair] }
}

let root: string
let nowMs: number
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'arcloom-catalogue-'))
  nowMs = 0
})
afterEach(() => rm(root, { recursive: true }))

async function put(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), JSON.stringify(value))
}

const open = () =>
  createCatalogue({ folders: [join(root, 'tasks')], shelves: [join(root, 'datasets')], nowMs: () => nowMs })

describe('createCatalogue', () => {
  test('lists folders, and the folders and files inside collections', async () => {
    await put('tasks/training/a.json', taskOf(1))
    await put('datasets/two/data/evaluation/b.json', taskOf(2))
    await put('datasets/three.json', [{ task_id: 'c', ...taskOf(3) }])
    await put('datasets/.half-fetched/d.json', taskOf(4))
    const { tasks, faults } = await open().read()
    expect(tasks.map(({ key }) => key)).toEqual(['a', 'c', 'b'])
    expect(faults).toEqual([])
  })

  test('lists tasks whose test outputs are withheld', async () => {
    await put('tasks/a.json', { ...taskOf(1), test: [{ input: [[1]] }] })
    const { tasks, faults } = await open().read()
    expect(tasks.map(({ test }) => test)).toEqual([[{ input: [[1]], output: null }]])
    expect(faults).toEqual([])
  })

  test('skips folders named like files, broken links, and notes in a collection', async () => {
    await put('tasks/a.json', taskOf(1))
    await put('tasks/odd.json/b.json', taskOf(2))
    await symlink(join(root, 'gone.json'), join(root, 'tasks/link.json'))
    await mkdir(join(root, 'datasets'))
    await writeFile(join(root, 'datasets/README.md'), '# What stands here')
    const { tasks, faults } = await open().read()
    expect(tasks.map(({ key }) => key)).toEqual(['a', 'b'])
    expect(faults.map(({ message }) => message)).toEqual([expect.stringContaining('link.json')])
  })

  test('returns an empty catalogue when there is nothing to read', async () => {
    expect(await open().read()).toMatchObject({ tasks: [], faults: [] })
  })

  test('reads changed files again after a while', async () => {
    await put('tasks/a.json', taskOf(1))
    const catalogue = open()
    const before = await catalogue.read()
    await put('tasks/b.json', taskOf(2))
    expect(await catalogue.read()).toBe(before)
    nowMs += 60_000
    const after = await catalogue.read()
    expect(after.tasks).toHaveLength(2)
    expect(after.fingerprint).not.toBe(before.fingerprint)
    nowMs += 60_000
    expect(await catalogue.read()).toBe(after)
  })

  test('lists a task found in two places once, and keeps two contents of one id apart', async () => {
    await put('tasks/training/a.json', taskOf(1))
    await put('datasets/two/data/training/a.json', taskOf(1))
    await put('datasets/three/data/training/a.json', taskOf(3))
    const { tasks } = await open().read()
    expect(tasks.map(({ places }) => places.map(({ dataset }) => dataset))).toEqual([['tasks', 'two'], ['three']])
    expect(tasks.map(({ key, hash }) => key === `a-${hash.slice(0, 8)}`)).toEqual([true, true])
  })
})

test('findTask accepts a key, an id that only one task has, and a key from when several had it', async () => {
  await put('tasks/a.json', taskOf(1))
  const { tasks } = await open().read()
  const [task] = tasks
  expect(findTask(tasks, 'a')).toBe(task)
  expect(findTask(tasks, `a-${task?.hash.slice(0, 8)}`)).toBe(task)
  expect(findTask(tasks, 'b')).toBeUndefined()
  const twins = task
    ? [
        { ...task, key: 'a-1' },
        { ...task, key: 'a-2' },
      ]
    : []
  expect(findTask(twins, 'a')).toBeUndefined()
})
