import { describe, expect, test } from '@jest/globals'
import { buildPairs } from '../../../test/support/build-run.ts'
import type { Item } from '../item.ts'
import type { Task, TaskPairs } from '../task.ts'
import { applyTransforms } from '../transforms/apply-transform.ts'
import { createGuard, nameKin, type EvaluationSet } from './guard.ts'

const taskOf = (seed: number): Task => {
  return { taskId: `e${seed}`, version: 0, dataset: 'arc-agi-2', split: 'evaluation', ...buildPairs(seed) }
}
const itemOf = (pairs: TaskPairs, split = 'training'): Item => {
  return { key: 'k', task_id: 'k', version: 0, hash: 'h', dataset: 'd', split, ...pairs }
}
const setOf = (change: Partial<EvaluationSet> = {}): EvaluationSet => {
  return { path: 'p', benchmark: 'arc-agi-2', asked: false, tasks: [taskOf(100), taskOf(200)], ...change }
}
const disguised = applyTransforms(buildPairs(200), [
  { kind: 'symmetry', symmetry: 'rotate-90' },
  { kind: 'permute', symbols: [9, 8, 7, 6, 5, 4, 3, 2, 1, 0] },
  { kind: 'swap', train: 0, test: 0 },
])
const stranger = buildPairs(300)

describe('the guard', () => {
  test('knows an evaluation task again that was turned, recoloured and reordered, and names it', () => {
    const judge = createGuard([setOf()], true)
    const { evaluation, kin } = judge(itemOf(disguised), 'arc-agi-2')
    expect(evaluation).toBe(true)
    expect(kin && nameKin(kin)).toBe('arc-agi-2/evaluation/e200')
    expect(judge(itemOf(stranger), 'arc-agi-2')).toEqual({ evaluation: false, checked: true, kin: undefined })
  })

  test.each([
    ['of its own benchmark', setOf(), 'arc-agi-2' as const, true],
    ['of another', setOf(), 'arc-agi-1' as const, false],
    ['of another that a person asked for', setOf({ asked: true }), 'arc-agi-1' as const, true],
    ['of any when nobody knows its own', setOf(), undefined, true],
    ['of nobody when nobody knows its own', setOf({ benchmark: undefined }), undefined, true],
  ])('for kinship to a set %s', (_, set, origin, evaluation) => {
    expect(createGuard([set], true)(itemOf(disguised), origin)).toMatchObject({ evaluation, kin: { taskId: 'e200' } })
  })

  test('names the task that makes an item one for evaluation before one that does not', () => {
    const other = setOf({ benchmark: 'arc-agi-1', tasks: [{ ...taskOf(200), taskId: 'other' }] })
    const { kin } = createGuard([other, setOf()], true)(itemOf(disguised), 'arc-agi-2')
    expect(kin?.taskId).toBe('e200')
  })

  test.each(['evaluation', 'eval', 'validation', 'test'])('takes the split %s at its word', (split) => {
    expect(createGuard([], true)(itemOf(stranger, split), 'arc-agi-2').evaluation).toBe(true)
  })

  test('says when a set was not there to compare with', () => {
    expect(createGuard([], false)(itemOf(stranger), 'arc-agi-2')).toMatchObject({ evaluation: false, checked: false })
  })
})
