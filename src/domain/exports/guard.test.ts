import { describe, expect, test } from '@jest/globals'
import { buildPairs } from '../../../test/support/build-run.ts'
import type { Grid } from '../grids/grid.ts'
import { applyTransforms } from '../grids/transforms/apply-transform.ts'
import type { TaskPairs } from '../tasks/task.ts'
import { createGuard, type EvaluationSet, type GuardedTask, type TrainingSet } from './guard.ts'
import { identifyTask, printTask } from './kinship/print-task.ts'

/** Good enough as a hash when nothing is stored. */
const hash = (text: string) => text

const buildPrinted = (seed: number) => {
  const { pairs, parts } = printTask(buildPairs(seed), hash)
  return { name: `arc-agi-2/evaluation/e${seed}`, pairs, parts: [...parts.keys()] }
}
const taskOf = (pairs: TaskPairs, split = 'training', dataset = 'd'): GuardedTask => ({ dataset, split, ...pairs })
const setOf = (change: Partial<EvaluationSet> = {}): EvaluationSet => ({
  name: 'arc-agi-2',
  path: 'p',
  benchmark: 'arc-agi-2',
  verified: true,
  asked: false,
  tasks: [buildPrinted(100), buildPrinted(200)],
  ...change,
})
const trainingOf = (benchmark: TrainingSet['benchmark'], pairs: TaskPairs): TrainingSet => ({
  benchmark,
  identities: new Set([identifyTask(printTask(pairs, hash), hash)]),
})
const all = (['arc-agi-1', 'arcloom'] as const).map((name) => setOf({ name, benchmark: name, tasks: [] }))
const judge = (sets: readonly EvaluationSet[], task: GuardedTask, training: readonly TrainingSet[] = []) =>
  createGuard(sets, training, hash)(task)

const disguised = applyTransforms(buildPairs(200), [
  { kind: 'symmetry', symmetry: 'rotate-90' },
  { kind: 'permute', symbols: [9, 8, 7, 6, 5, 4, 3, 2, 1, 0] },
  { kind: 'swap', train: 0, test: 0 },
])
const stranger = buildPairs(3075)
const kin = { name: 'arc-agi-2/evaluation/e200', kinship: 'shared-pair' }

describe('the guard', () => {
  test('recognises an evaluation task that was turned, recoloured and reordered, and names it', () => {
    expect(judge([setOf()], taskOf(disguised))).toMatchObject({ evaluation: true, kin })
    expect(judge([setOf()], taskOf(stranger))).toMatchObject({ evaluation: false, kin: undefined })
  })

  test.each(['arc-agi-1', 'arc-agi-2', 'tasks', 'mine'])('does so whatever its folder is called: %s', (dataset) => {
    expect(judge([setOf()], taskOf(buildPairs(200), 'training', dataset))).toMatchObject({ evaluation: true, kin })
  })

  test('recognises it by one pair out of several', () => {
    const { test: shared } = buildPairs(200)
    const task = { train: [...stranger.train, ...buildPairs(4021).train, ...shared], test: stranger.test }
    expect(judge([setOf()], taskOf(task))).toMatchObject({ evaluation: true, kin })
  })

  test('reports that a task is kin of an official training task, and lets it pass', () => {
    const training = [trainingOf('arc-agi-2', disguised)]
    const sets = [setOf({ name: 'arc-agi-1', benchmark: 'arc-agi-1' }), setOf({ tasks: [] })]
    expect(judge(sets, taskOf(disguised), training)).toMatchObject({ evaluation: false, checked: true, kin })
    // Under another name and transformed, it is the same official task.
    expect(judge(sets, taskOf(buildPairs(200)), training)).toMatchObject({ evaluation: false, kin })
    const namedSets = sets.map((set) => ({ ...set, asked: true }))
    expect(judge(namedSets, taskOf(disguised), training)).toMatchObject({ evaluation: true, kin })
  })

  test('does not take a task with an extra pair for an official one', () => {
    const training = [trainingOf('arc-agi-2', buildPairs(200))]
    const longer = { ...buildPairs(200), train: [...buildPairs(200).train, ...stranger.train] }
    expect(judge([setOf()], taskOf(longer), training).evaluation).toBe(true)
  })

  test('names the task that shares a pair before one that is near', () => {
    const pair = { input: [[1, 2, 3]], output: [[4], [5]] }
    const print = (input: Grid, output: Grid) => printTask({ train: [{ input, output }], test: [] }, hash).pairs
    const near = { name: 'near', pairs: print(pair.output, pair.input), parts: [] }
    const sharing = { name: 'sharing', pairs: print(pair.input, pair.output), parts: [] }
    const task = taskOf({ train: [pair], test: [] })
    expect(judge([setOf({ tasks: [near] })], task).kin).toEqual({ name: 'near', kinship: 'near' })
    const sets = [setOf({ tasks: [near] }), setOf({ tasks: [sharing] })]
    expect(judge(sets, task).kin).toEqual({ name: 'sharing', kinship: 'shared-pair' })
  })

  test.each(['evaluation', 'Evaluation', 'public_eval', 'heldout'])('trusts the name of the split %s', (split) => {
    expect(judge([], taskOf(stranger, split))).toMatchObject({ evaluation: true, missing: [] })
  })

  test('says that a task was checked when every set it could belong to was compared', () => {
    expect(judge([setOf(), ...all], taskOf(stranger))).toMatchObject({
      checked: true,
      checkedAgainst: ['arc-agi-1', 'arc-agi-2', 'arcloom'],
    })
    expect(judge([setOf()], taskOf(stranger))).toMatchObject({ checked: false, checkedAgainst: ['arc-agi-2'] })
    expect(judge([setOf()], taskOf(stranger), [trainingOf('arc-agi-2', stranger)]).checked).toBe(true)
  })

  test('does not say so for a set that only has the name of a published one', () => {
    const claimed = setOf({ name: 'p', verified: false })
    expect(judge([claimed, ...all], taskOf(stranger))).toMatchObject({
      checked: false,
      checkedAgainst: ['arc-agi-1', 'arcloom'],
      missing: [],
    })
    expect(judge([claimed, ...all], taskOf(disguised)).evaluation).toBe(true)
  })

  test.each([
    ['a dataset called like a benchmark', 'arc-agi-1', [], ['arc-agi-1']],
    ['an unknown dataset', 'mine', [], ['arc-agi-1', 'arcloom']],
    ['official training tasks', 'mine', [trainingOf('arc-agi-2', stranger)], []],
  ] as const)('reports the missing sets for %s', (_, dataset, training, missing) => {
    expect(judge([setOf()], taskOf(stranger, 'training', dataset), training).missing).toEqual(missing)
  })
})
