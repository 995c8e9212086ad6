import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readDataset, readPosedTasks } from './read-dataset.ts'

const pair = { input: [[0]], output: [[9]] }
const task = { train: [pair], test: [pair] }

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'arcloom-dataset-'))
})
afterAll(() => rm(root, { recursive: true }))

async function write(name: string, value: unknown): Promise<string> {
  const path = join(root, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value))
  return path
}

describe('readPosedTasks', () => {
  test('reads tasks whose test outputs are withheld, and checks the outputs that are there', async () => {
    await write('posed/a.json', { train: [pair], test: [{ input: [[1]] }, { input: [[2]], output: null }, pair] })
    await write('posed/b.json', { train: [{ input: [[1]] }], test: [{ input: [[1]], output: [[10]] }] })
    const { tasks, faults } = await readPosedTasks(join(root, 'posed'))
    expect(tasks.map(({ test }) => test.map(({ output }) => output))).toEqual([[null, null, [[9]]]])
    expect(faults.map(({ place }) => place)).toEqual(['train[0].output', 'test[0].output[0][0]'])
  })
})

describe('readDataset', () => {
  test('reads a folder and its subfolders, and takes dataset and split from their names', async () => {
    await write('arc-x/data/training/a.json', task)
    await write('arc-x/data/evaluation/b.json', task)
    const { tasks, faults } = await readDataset(join(root, 'arc-x'))
    expect(faults).toEqual([])
    expect(tasks.map(({ taskId, dataset, split }) => [taskId, dataset, split])).toEqual([
      ['b', 'arc-x', 'evaluation'],
      ['a', 'arc-x', 'training'],
    ])
  })

  test('reads a dataset.json with its versions and the transforms that made them', async () => {
    const derived_from = { version: 0, transforms: [{ kind: 'symmetry', symmetry: 'transpose' }] }
    const path = await write('own/dataset.json', [
      { task_id: 'a', ...task },
      { task_id: 'a', version: 2, signed_by: ['x'], derived_from, ...task },
    ])
    const { tasks } = await readDataset(path)
    expect(tasks.map(({ taskId, version, dataset, derivedFrom }) => [taskId, version, dataset, derivedFrom])).toEqual([
      ['a', 0, 'own', undefined],
      ['a', 2, 'own', derived_from],
    ])
  })

  test.each([
    [
      'a symbol above 9',
      { train: [{ input: [[10]], output: [[0]] }], test: [pair] },
      'train[0].input[0][0]',
      /found 10/,
    ],
    [
      'a cell that is text',
      { train: [{ input: [['1']], output: [[0]] }], test: [pair] },
      'train[0].input[0][0]',
      /"1"/,
    ],
    [
      'ragged rows',
      { train: [pair], test: [{ input: [[1, 2], [3]], output: [[0]] }] },
      'test[0].input',
      /2 and 1 cells/,
    ],
    ['an empty grid', { train: [{ input: [], output: [[0]] }], test: [pair] }, 'train[0].input', /has none/],
    [
      'a row of 31',
      { train: [{ input: [Array(31).fill(0)], output: [[0]] }], test: [pair] },
      'train[0].input[0]',
      /has 31/,
    ],
    ['no train pair', { train: [], test: [pair] }, 'train', /at least one/],
    ['no test', { train: [pair] }, 'test', /missing/],
    [
      'a withheld test output',
      { train: [pair], test: [pair, { input: [[0]] }] },
      'test[1].output',
      /output of a test pair.* nothing can be scored; it is missing/,
    ],
    ['no JSON', '{', '', /not JSON/],
  ])('says where the file has %s', async (_, content, place, words) => {
    const path = await write('faulty/faulty.json', content)
    const { tasks, faults } = await readDataset(path)
    expect(tasks).toEqual([])
    expect(faults[0]).toMatchObject({ file: path, place, message: expect.stringMatching(words) })
  })

  test('ignores hidden files', async () => {
    await write('shown/a.json', task)
    await write('shown/.fetch/half/b.json', '{"train":')
    await write('shown/.c.json', task)
    const { tasks, faults } = await readDataset(join(root, 'shown'))
    expect([tasks.map(({ taskId }) => taskId), faults]).toEqual([['a'], []])
  })

  test('reports every fault of a folder, and returns the tasks without faults', async () => {
    await write('mixed/good.json', task)
    await write('mixed/bad.json', { train: [], test: [] })
    const { tasks, faults } = await readDataset(join(root, 'mixed'))
    expect(tasks.map(({ taskId }) => taskId)).toEqual(['good'])
    expect(faults.map((fault) => fault.place)).toEqual(['train', 'test'])
  })

  test.each([
    ['missing', /no such file/],
    ['empty', /no .json file/],
  ])('refuses a path that is %s', async (name, words) => {
    await mkdir(join(root, 'empty'), { recursive: true })
    await expect(readDataset(join(root, name))).rejects.toThrow(words)
  })
})
