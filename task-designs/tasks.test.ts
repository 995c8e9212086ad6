import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { maxSide } from '../src/domain/grids/grid.ts'
import { fingerprintTask, shareHalf } from '../src/domain/grids/transforms/are-kin.ts'
import type { TaskPairs } from '../src/domain/tasks/task.ts'
import { drawTask, fileOf } from './draw-task.ts'
import { designs } from './list-designs.ts'

const pathOf = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

interface TaskFile extends TaskPairs {
  readonly name: string
  readonly text: string
}

function readTasks(folder: string): TaskFile[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  return names.map((name) => {
    const text = readFileSync(join(folder, name), 'utf8')
    return { name: name.replaceAll('\\', '/'), text, ...(JSON.parse(text) as TaskPairs) } // These files are known to be tasks.
  })
}

const ours = readTasks(pathOf('data/tasks'))

describe('data/tasks', () => {
  test('holds what the designs draw, and nothing else', () => {
    const drawn = Object.fromEntries(designs.map((design) => [fileOf(design), drawTask(design)]))
    expect(Object.fromEntries(ours.map(({ name, text }) => [name, text]))).toEqual(drawn)
  })

  test('has a name of its own for every task, in both splits', () => {
    expect(new Set(ours.map(({ name }) => basename(name))).size).toBe(ours.length)
    expect(new Set(designs.map(({ split }) => split))).toEqual(new Set(['training', 'evaluation']))
  })

  test('shows in every task two to five train pairs and one to three test pairs', () => {
    const misfits = ours.filter(
      ({ train, test }) => train.length < 2 || train.length > 5 || test.length < 1 || test.length > 3,
    )
    expect(misfits.map(({ name }) => name)).toEqual([])
  })

  test('uses all ten symbols and sizes from one cell to the largest', () => {
    const grids = ours.flatMap(({ train, test }) => [...train, ...test].flatMap(({ input, output }) => [input, output]))
    const sides = grids.flatMap((grid) => [grid.length, grid[0]?.length ?? 0])
    expect(new Set(grids.flat(2)).size).toBe(10)
    expect([Math.min(...sides), Math.max(...sides)]).toEqual([1, maxSide])
  })
})

describe('no shipped task is kin', () => {
  const print = (task: TaskFile) => ({ name: task.name, prints: fingerprintTask(task) })
  const printed = ours.map(print)
  const listKin = (others: typeof printed) =>
    printed.flatMap((a) =>
      others
        .filter((b) => b.name !== a.name && shareHalf(a.prints, b.prints))
        .map((b) => `${a.name} is kin to ${b.name}`),
    )

  test('to another', () => expect(listKin(printed)).toEqual([]))

  const official = pathOf('../shared/arc')
  const testOfficial = existsSync(official) ? test : test.skip
  testOfficial('to an official one (skipped where ../shared/arc is absent)', () =>
    expect(listKin(readTasks(official).map(print))).toEqual([]),
  )
})

test('every shipped trace is about a shipped task and says something', () => {
  const traces = JSON.parse(readFileSync(pathOf('data/traces.json'), 'utf8')) as Record<string, Trace[]> // Written by hand.
  const all = Object.entries(traces).flatMap(([task, list]) => list.map((trace) => ({ task, ...trace })))
  const known = new Set(designs.map(({ name }) => name))
  expect(all.filter(({ task, task_id }) => task !== task_id || !known.has(task_id))).toEqual([])
  expect(all.filter(({ text, timestamp }) => text.length < 400 || !Number.isInteger(timestamp))).toEqual([])
  expect(new Set(all.map(({ trace_id }) => trace_id)).size).toBe(all.length)
})

interface Trace {
  readonly trace_id: string
  readonly task_id: string
  readonly text: string
  readonly timestamp: number
}
