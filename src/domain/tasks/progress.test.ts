import { describe, expect, test } from '@jest/globals'
import { adoptProgress, countTry, isSolvedByHand, listOf, type Progress, type Submission } from './progress.ts'

const none: Progress = { people: {} }
const submission: Submission = {
  person: 'Ada',
  hash: 'h',
  task: { task_id: 't', task_hash: 'th' },
  test: 0,
  tests: 2,
  correct: false,
}

const submit = (progress: Progress, ...submissions: Partial<Submission>[]) =>
  submissions.reduce((before: Progress, part) => countTry(before, { ...submission, ...part }).progress, progress)

describe('countTry', () => {
  test('counts tries of each test input until it is solved', () => {
    const progress = submit(none, {}, { correct: true }, { test: 1, correct: true })
    expect(listOf(progress, 'Ada')['h']).toEqual({
      task_id: 't',
      task_hash: 'th',
      tests: [
        { tries: 2, solved_in: 2 },
        { tries: 1, solved_in: 1 },
      ],
    })
  })

  test('leaves a solved test input unchanged', () => {
    const solved = submit(none, { correct: true })
    expect(countTry(solved, submission)).toEqual({ progress: solved, test: { tries: 1, solved_in: 1 } })
  })

  test('keeps people apart', () => {
    const progress = submit(none, {}, { person: 'Grace', correct: true })
    expect(listOf(progress, 'Ada')['h']?.tests[0]).toEqual({ tries: 1, solved_in: null })
    expect(listOf(progress, 'Grace')['h']?.tests[0]).toEqual({ tries: 1, solved_in: 1 })
  })

  test.each(['constructor', '__proto__', 'toString'])('treats %s as a name like any other', (person) => {
    expect(listOf(none, person)).toEqual({})
    expect(listOf(submit(none, { person }), person)['h']?.tests[0]?.tries).toBe(1)
  })
})

test('a task is solved by hand when all its test inputs are', () => {
  const half = submit(none, { correct: true })
  const [before] = Object.values(listOf(half, 'Ada'))
  const [after] = Object.values(listOf(submit(half, { test: 1, correct: true }), 'Ada'))
  expect([before, after].map((entry) => entry && isSolvedByHand(entry))).toEqual([false, true])
})

describe('adoptProgress', () => {
  test('moves earlier progress to a name once it is known', () => {
    const progress = adoptProgress(submit(none, { person: 'guest' }), 'guest', 'Ada')
    expect(Object.keys(progress.people)).toEqual(['Ada'])
    expect(listOf(progress, 'Ada')['h']?.tests[0]?.tries).toBe(1)
  })

  test('keeps the progress that the name already had', () => {
    const progress = submit(none, { correct: true }, { person: 'guest' }, { person: 'guest', hash: 'other' })
    expect(Object.values(listOf(adoptProgress(progress, 'guest', 'Ada'), 'Ada')).map(({ tests }) => tests[0])).toEqual([
      { tries: 1, solved_in: 1 },
      { tries: 1, solved_in: null },
    ])
  })
})
