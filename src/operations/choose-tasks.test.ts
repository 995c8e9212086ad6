import { expect, test } from '@jest/globals'
import { buildPairs } from '../../test/support/build-run.ts'
import { chooseTasks } from './choose-tasks.ts'

const [one, two] = ['aa', 'ab'].map((taskId, index) => ({
  taskId,
  version: 0,
  dataset: 'd',
  split: 'training',
  ...buildPairs(index),
}))
const all = [one, two].flatMap((task) => task ?? [])

test('a range that starts after the last task is refused with the number of tasks, one or several', () => {
  expect(() => chooseTasks(all.slice(0, 1), { tasks: { start: 1, end: 2 } })).toThrow(
    '--tasks begins at 1, but there is 1 task, number 0.',
  )
  expect(() => chooseTasks(all, { tasks: { start: 2, end: 3 } })).toThrow('there are 2 tasks (0 to 1).')
})

test('an unknown id is refused with the number of tasks', () =>
  expect(() => chooseTasks(all.slice(0, 1), { taskIds: ['zz'] })).toThrow('not among the 1 task of the dataset'))
