import { describe, expect, test } from '@jest/globals'
import { buildHistory } from '../../../test/support/build-history.ts'
import { decideNext } from './decide-next.ts'
import { refine } from './refine.ts'
import { sample } from './sample.ts'
import { findSolver, nameSolver, solverNames } from './solvers.ts'

const limits = { samples: 3, rounds: 3 }

describe.each(solverNames.map(findSolver))('$name', (solver) => {
  test('begins with a decision that a run can follow', () => {
    expect(decideNext(solver, buildHistory(limits))).toContainEqual({ ask: 0 })
  })

  test('is done when every program is right', () => {
    expect(decideNext(solver, buildHistory(limits, [['right'], ['right'], ['right']]))).toBe('done')
  })

  test('decides the same for the same history', () => {
    const history = buildHistory(limits, [['right'], ['wrong'], ['none']])
    expect(decideNext(solver, history)).toEqual(decideNext(solver, structuredClone(history)))
  })
})

test.each([sample, refine])('$name begins with every sample', (solver) => {
  expect(decideNext(solver, buildHistory(limits))).toEqual([{ ask: 0 }, { ask: 1 }, { ask: 2 }])
})

test('sample never asks again', () => {
  expect(decideNext(sample, buildHistory(limits, [['wrong'], ['none'], ['wrong']]))).toBe('done')
})

describe('refine', () => {
  test('asks again only for samples whose newest program fails a train pair', () => {
    const history = buildHistory(limits, [['right'], ['wrong'], ['wrong', 'none']])
    expect(decideNext(refine, history)).toEqual([{ ask: 1 }])
  })

  test('is done when all rounds are used', () => {
    expect(decideNext(refine, buildHistory({ samples: 1, rounds: 2 }, [['wrong', 'wrong']]))).toBe('done')
  })

  test('asks again when one of the answers for several test inputs has a program that fails', () => {
    const { samples, ...rest } = buildHistory(limits, [['right'], ['wrong']])
    const round = samples.flatMap((rounds) => rounds.flat())
    expect(decideNext(refine, { ...rest, samples: [[round]] })).toEqual([{ ask: 0 }])
  })
})

describe('the solver of a run', () => {
  test.each([
    ['of one round, as older runs record it', { rounds: 1 }, 'sample'],
    ['of several rounds, as older runs record it', { rounds: 4 }, 'refine'],
    ['that names it', { rounds: 4, solver: 'sample' }, 'sample'],
  ])('%s', (_, specification, name) => {
    expect(nameSolver(specification)).toBe(name)
  })

  test('is reported with the known ones when a later version made the run', () => {
    expect(() => findSolver('later')).toThrow('there is no solver "later"; there are sample, refine')
  })
})
