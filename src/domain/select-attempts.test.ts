import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Grid } from './grid.ts'
import { isSolved } from './is-solved.ts'
import type { ItemRecord, SampleRecord } from './record.ts'
import { selectAttempts } from './select-attempts.ts'

const grid = (symbol: number): Grid => [[symbol]]

interface Candidate {
  readonly passes: boolean
  readonly cells?: number
  readonly outputs: readonly (Grid | null)[]
  readonly program?: string
}

/** A record of a task with one train pair. */
function buildRecord(candidates: readonly Candidate[]): ItemRecord {
  const samples = candidates.map(({ passes, cells = passes ? 9 : 0, outputs, program = 'p' }): SampleRecord => {
    const pairs = [{ verdict: passes ? ('correct' as const) : ('wrong' as const), cells_right: cells, cells: 9 }]
    const run = {
      verdict: 'wrong' as const,
      pairs: [...pairs, ...outputs.map(() => ({ verdict: 'wrong' as const, cells_right: 0, cells: 1 }))],
      outputs: [grid(0), ...outputs],
      train_correct: passes,
      test_correct: false,
      deterministic: null,
      printed: '',
      cpu_seconds: 0,
      wall_seconds: 0,
    }
    const usage = { prompt_tokens: 0, completion_tokens: 0 }
    const round = {
      answers: ['a'],
      outcomes: ['answered' as const],
      sandbox: null,
      time_seconds: 0,
      usage,
      cost_usd: 0,
    }
    return { rounds: [{ ...round, program, program_hash: program, run }], chosen: 0 }
  })
  const item = { key: 'k', task_id: 't', version: 0, hash: 'h', dataset: 'd', split: 's' }
  return { run_id: 'r', item, samples, started_at: '', recorded_at: '' }
}

const select = (...candidates: Candidate[]) => selectAttempts(buildRecord(candidates), 1)

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

  test('votes on each test input apart', () =>
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

  test('orders those that fail by train cells right', () =>
    expect(
      select({ passes: false, cells: 3, outputs: [grid(1)] }, { passes: false, cells: 7, outputs: [grid(2)] }),
    ).toEqual([[grid(2), grid(1)]]))

  test('breaks ties by the smaller program', () =>
    expect(
      select({ passes: true, outputs: [grid(1)], program: 'long' }, { passes: true, outputs: [grid(2)], program: 's' }),
    ).toEqual([[grid(2), grid(1)]]))

  test('hands in at most two different grids', () =>
    expect(select(...[1, 1, 2, 3].map((n) => ({ passes: true, outputs: [grid(n)] })))[0]).toHaveLength(2))

  test('hands in nothing where no program gave a grid', () =>
    expect(select({ passes: false, outputs: [null] })).toEqual([[]]))

  test('never depends on the order of the samples, nor on what the test verdicts say', () => {
    const anyCandidate = fc.record({
      passes: fc.boolean(),
      cells: fc.nat(9),
      outputs: fc.tuple(fc.option(fc.nat(3).map(grid)), fc.option(fc.nat(3).map(grid))),
      program: fc.stringMatching(/^[a-c]{1,3}$/),
    })
    fc.assert(
      fc.property(
        fc.array(anyCandidate, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        (given, random) => {
          const shuffled = [...given].sort(() => (random.next().value % 3) - 1)
          expect(select(...shuffled)).toEqual(select(...given))
        },
      ),
    )
  })
})

describe('isSolved', () => {
  const task = { train: [{ input: grid(0), output: grid(0) }], test: [{ input: grid(0), output: grid(2) }] }
  const solved = (...candidates: Candidate[]) => isSolved(buildRecord(candidates), task)

  test('by the second attempt too', () =>
    expect(solved({ passes: true, outputs: [grid(1)] }, { passes: false, outputs: [grid(2)] })).toBe(true))

  test('not by a right candidate that was not chosen', () =>
    expect(
      solved(
        { passes: true, outputs: [grid(1)] },
        { passes: true, outputs: [grid(3)] },
        { passes: false, outputs: [grid(2)] },
      ),
    ).toBe(false))
})
