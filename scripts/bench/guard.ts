#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { parseArgs } from 'node:util'
import { readDataset } from '../../src/adapters/datasets/read-dataset.ts'
import { hashPrint } from '../../src/adapters/exports/hash-print.ts'
import { indexKin } from '../../src/domain/exports/kinship/index-kin.ts'
import { printTask } from '../../src/domain/exports/kinship/print-task.ts'
import { transposeGrid } from '../../src/domain/exports/kinship/transpose-grid.ts'
import { isGrid, type Grid } from '../../src/domain/grids/grid.ts'
import { applyTransforms } from '../../src/domain/grids/transforms/apply-transform.ts'
import type { Pair, Task, TaskPairs } from '../../src/domain/tasks/task.ts'

/*
 * How well the guard of exports tells evaluation tasks from others: how many it recognises after each kind of change, by all
 * their pairs and by one alone, how many training tasks it takes for evaluation tasks, and how long that takes.
 *
 *   node scripts/bench/guard.ts --evaluation ARC-AGI-2/data/evaluation ARC-AGI-1/data/training ARC-AGI-2/data/training
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    evaluation: { type: 'string', default: '../shared/arc/arc-agi-2/data/evaluation' },
    // 4 takes every fourth task of the evaluation set.
    every: { type: 'string', default: '1' },
  },
})

let state = 1
/** Mulberry32: the same changes each time. */
function draw(below: number): number {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below
}

type Change = (pair: Pair) => Pair

const both =
  (change: (grid: Grid) => Grid): Change =>
  ({ input, output }) => ({ input: change(input), output: change(output) })

const changeCells =
  (count: number) =>
  (grid: Grid): Grid => {
    const changed = grid.map((row) => [...row])
    for (let index = 0; index < count; index += 1) {
      const row = changed[draw(changed.length)] ?? []
      const x = draw(row.length)
      row[x] = ((row[x] ?? 0) + 1 + draw(9)) % 10
    }
    return changed
  }

const padRows = (grid: Grid, symbol: number): Grid => {
  const edge = Array<number>(grid[0]?.length ?? 0).fill(symbol)
  return [edge, ...grid, edge]
}
const pad = (grid: Grid): Grid => {
  const symbol = draw(10)
  return transposeGrid(padRows(transposeGrid(padRows(grid, symbol)), symbol))
}
const scaleRows = (grid: Grid, factor: number) => grid.flatMap((row) => Array<typeof row>(factor).fill(row))
const scale =
  (factor: number) =>
  (grid: Grid): Grid =>
    transposeGrid(scaleRows(transposeGrid(scaleRows(grid, factor)), factor))
const exchange: Change = ({ input, output }) => ({ input: output, output: input })
const turn: Change = (pair) =>
  applyTransforms({ train: [pair], test: [] }, [
    { kind: 'symmetry', symmetry: 'anti-transpose' },
    { kind: 'permute', symbols: [3, 5, 0, 1, 7, 2, 9, 4, 6, 8] },
  ]).train[0] ?? pair

const changes: Readonly<Record<string, Change>> = {
  'turned, recoloured': turn,
  'one cell changed': both(changeCells(1)),
  'three cells changed': both(changeCells(3)),
  'five cells changed': both(changeCells(5)),
  'padded by one': both(pad),
  'scaled by two': both(scale(2)),
  'scaled by three': both(scale(3)),
  'padded, then scaled by two': (pair) => both(scale(2))(both(pad)(pair)),
  'input and output swapped': exchange,
  'swapped, padded by one': (pair) => exchange(both(pad)(pair)),
  'one cell changed, padded by one': (pair) => both(pad)(both(changeCells(1))(pair)),
  'one cell changed, scaled by two': (pair) => both(scale(2))(both(changeCells(1))(pair)),
}

async function readTasks(path: string): Promise<readonly Task[]> {
  return (await readDataset(path)).tasks
}

const every = Number(values.every)
const evaluation = (await readTasks(values.evaluation)).filter((_, index) => index % every === 0)
const find = indexKin(
  evaluation.map((task) => {
    const { pairs, parts } = printTask(task, hashPrint)
    return { name: task.taskId, pairs, parts: [...parts.keys()] }
  }),
)
const isFound = (task: Task, pairs: TaskPairs) => find(printTask(pairs, hashPrint))?.name === task.taskId

for (const [name, change] of Object.entries(changes)) {
  // A result that is not an ARC grid cannot be in a training file either.
  const changed = evaluation.map((task) => {
    const pairs = [...task.train, ...task.test].map(change)
    return { task, pairs: pairs.filter(({ input, output }) => isGrid(input) && isGrid(output)) }
  })
  const possible = changed.filter(({ pairs }) => pairs.length > 0)
  const byAll = possible.filter(({ task, pairs }) => isFound(task, { train: pairs, test: [] })).length
  const byOne = possible.filter(({ task, pairs }) => isFound(task, { train: pairs.slice(0, 1), test: [] })).length
  console.log(`${name}: ${byAll} of ${possible.length} by all pairs, ${byOne} by the first one alone`)
}
for (const path of positionals) {
  const tasks = await readTasks(path)
  const began = process.cpuUsage()
  const kin = tasks.flatMap((task) => {
    const match = find(printTask(task, hashPrint))
    return match === undefined ? [] : [`${task.taskId} ${match.kinship} ${match.name}`]
  })
  const seconds = (process.cpuUsage(began).user / 1e6).toFixed(1)
  console.log(`${path}: ${kin.length} of ${tasks.length} mistaken for evaluation tasks, in ${seconds} s of CPU`)
  for (const line of kin) console.log(`  ${line}`)
}
