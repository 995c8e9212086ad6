import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { buildRecord, type SampleFacts } from '../../../test/support/build-record.ts'
import type { Grid } from '../grids/grid.ts'
import { isSolved } from '../results/is-solved.ts'
import type { TaskPairs } from '../tasks/task.ts'
import { selectAttempts } from './select-attempts.ts'
import type { SelectionRule } from './selection-rule.ts'
import { selectionRules } from './selection-rules.ts'

const grid = (symbol: number): Grid => [[symbol]]

const item = { key: 'k', task_id: 't', version: 0, hash: 'h', dataset: 'd', split: 's' }

/** A task with one train pair and as many test outputs as a sample gives. */
function buildTask(testOutputs: readonly Grid[]): TaskPairs {
  const pair = (output: Grid) => ({ input: grid(0), output })
  return { train: [pair(grid(0))], test: testOutputs.map(pair) }
}

function selectBy(rule: SelectionRule | undefined, samples: readonly SampleFacts[], outputs?: readonly Grid[]) {
  const [first] = samples
  const given = first === undefined ? [] : 'grids' in first ? first.grids : first.outputs
  const task = buildTask(outputs ?? given.map(() => grid(9)))
  return selectAttempts(buildRecord(item, task, samples), task, rule)
}

const select = (...samples: SampleFacts[]) => selectBy(undefined, samples)

describe('selectAttempts', () => {
  test('prefers programs that pass the train pairs to any number that do not', () =>
    expect(
      select(
        { passes: false, outputs: [grid(1)] },
        { passes: false, outputs: [grid(1)] },
        { passes: true, outputs: [grid(2)] },
      ),
    ).toEqual([[grid(2), grid(1)]]))

  test('orders those that pass by votes for the same output', () =>
    expect(
      select(
        { passes: true, outputs: [grid(1)] },
        { passes: true, outputs: [grid(2)] },
        { passes: true, outputs: [grid(2)] },
      ),
    ).toEqual([[grid(2), grid(1)]]))

  test('counts votes for each test input separately', () =>
    expect(
      select(
        { passes: true, outputs: [grid(1), grid(5)], program: 'a' },
        { passes: true, outputs: [grid(1), grid(6)], program: 'b' },
        { passes: true, outputs: [grid(3), grid(6)], program: 'c' },
      ),
    ).toEqual([
      [grid(1), grid(3)],
      [grid(6), grid(5)],
    ]))

  test('orders those that fail by right cells in train pairs', () =>
    expect(
      select({ passes: false, cells: 3, outputs: [grid(1)] }, { passes: false, cells: 7, outputs: [grid(2)] }),
    ).toEqual([[grid(2), grid(1)]]))

  test('breaks ties in favour of the smaller program', () =>
    expect(
      select({ passes: true, outputs: [grid(1)], program: 'long' }, { passes: true, outputs: [grid(2)], program: 's' }),
    ).toEqual([[grid(2), grid(1)]]))

  test('submits at most two different grids', () =>
    expect(select(...[1, 1, 2, 3].map((n) => ({ passes: true, outputs: [grid(n)] })))[0]).toHaveLength(2))

  test('submits nothing when no program gave a grid', () =>
    expect(select({ passes: false, outputs: [null] })).toEqual([[]]))

  test('orders grids answered without a program by votes, then by their text', () => {
    const answered = (...symbols: number[]) => symbols.map((symbol) => ({ grids: [grid(symbol)] }))
    expect(select(...answered(3, 5, 5, 7))).toEqual([[grid(5), grid(3)]])
    expect(select(...answered(7, 3, 5))).toEqual([[grid(3), grid(5)]])
    expect(select({ grids: [null] }, ...answered(3))).toEqual([[grid(3)]])
  })

  const anyOutputs = fc.tuple(fc.option(fc.nat(3).map(grid)), fc.option(fc.nat(3).map(grid)))
  const anyProgram = fc.record({
    passes: fc.boolean(),
    cells: fc.nat(8),
    outputs: anyOutputs,
    program: fc.stringMatching(/^[a-c]{1,3}$/),
  })
  const anySamples: fc.Arbitrary<SampleFacts[]> = fc.oneof(
    fc.array(anyProgram, { minLength: 1, maxLength: 6 }),
    fc.array(fc.record({ grids: anyOutputs }), { minLength: 1, maxLength: 6 }),
  )

  test.each(selectionRules)('by $name never depends on the order of the samples', (rule) =>
    fc.assert(
      fc.property(
        anySamples.chain((samples) =>
          fc.tuple(fc.constant(samples), fc.shuffledSubarray(samples, { minLength: samples.length })),
        ),
        ([given, shuffled]) => expect(selectBy(rule, shuffled)).toEqual(selectBy(rule, given)),
      ),
    ),
  )

  test.each(selectionRules)('by $name never depends on the test outputs', (rule) => {
    const anyTestOutputs = fc.tuple(fc.nat(3).map(grid), fc.nat(3).map(grid))
    fc.assert(
      fc.property(anySamples, anyTestOutputs, anyTestOutputs, (samples, some, others) =>
        expect(selectBy(rule, samples, some)).toEqual(selectBy(rule, samples, others)),
      ),
    )
  })
})

describe('isSolved', () => {
  const task = buildTask([grid(2)])
  const solved = (...samples: SampleFacts[]) => isSolved(buildRecord(item, task, samples), task)

  test('counts the second attempt too', () =>
    expect(solved({ passes: true, outputs: [grid(1)] }, { passes: false, outputs: [grid(2)] })).toBe(true))

  test('does not count a right candidate that was not selected', () =>
    expect(
      solved(
        { passes: true, outputs: [grid(1)] },
        { passes: true, outputs: [grid(3)] },
        { passes: false, outputs: [grid(2)] },
      ),
    ).toBe(false))
})
