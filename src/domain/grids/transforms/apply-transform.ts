import { isPair, type PosedTask, type TestPair } from '../../tasks/task.ts'
import type { Grid } from '../grid.ts'
import { transformGrid } from './transform-grid.ts'
import type { Transform } from './transform.ts'

/**
 * Makes a version of a task. Other fields of the task and its pairs are kept.
 *
 * @throws {RangeError} for a swap of a pair that the task does not have, or whose output is unknown
 */
export function applyTransform<Task extends PosedTask>(task: Task, transform: Transform): Task {
  return transform.kind === 'swap'
    ? swapPairs(task, transform.train, transform.test)
    : changeGrids(task, (grid) => transformGrid(grid, transform))
}

export function applyTransforms<Task extends PosedTask>(task: Task, transforms: readonly Transform[]): Task {
  return transforms.reduce(applyTransform, task)
}

function changeGrids<Task extends PosedTask>(task: Task, change: (grid: Grid) => Grid): Task {
  const changePair = <Pair extends TestPair>(pair: Pair): Pair => ({
    ...pair,
    input: change(pair.input),
    output: pair.output && change(pair.output),
  })
  return { ...task, train: task.train.map(changePair), test: task.test.map(changePair) }
}

function swapPairs<Task extends PosedTask>(task: Task, train: number, test: number): Task {
  const [trainPair, testPair] = [task.train[train], task.test[test]]
  if (!trainPair || !testPair) {
    throw new RangeError(
      `swap of train pair ${train} with test pair ${test}: ` +
        `this task has ${task.train.length} train and ${task.test.length} test pairs, counted from 0`,
    )
  }
  if (!isPair(testPair)) {
    throw new RangeError(`swap with test pair ${test}: its output is not known, and a train pair shows one`)
  }
  return { ...task, train: task.train.with(train, testPair), test: task.test.with(test, trainPair) }
}
