import { describe, expect, test } from '@jest/globals'
import type { GridResult, ProgramReport, ProgramRun, Sandbox } from '../adapters/sandbox/sandbox.ts'
import type { Grid } from '../domain/grids/grid.ts'
import { verifyProgram } from './verify-program.ts'

const task = { train: [{ input: [[1]], output: [[1]] }], test: [{ input: [[2]], output: [[2]] }] }
const right = answer([[1]], [[2]])

function answer(...grids: readonly Grid[]): GridResult[] {
  return grids.map((grid) => ({ status: 'ok', grid }))
}

function fail(status: 'error' | 'cpu-timeout' | 'invalid-output' | 'not-run', errorType?: string): GridResult {
  return { status, message: '', ...(errorType && { errorType }) }
}

/** A sandbox that answers by heart: on lists, on arrays, and once more with one fork for each grid. */
function playSandbox(answers: {
  readonly lists: readonly GridResult[]
  readonly arrays?: readonly GridResult[]
  readonly apart?: readonly GridResult[]
}) {
  const runs: Pick<ProgramRun, 'forks' | 'gridsAs' | 'chance'>[] = []
  const sandbox: Sandbox = {
    facts: { level: 'bwrap', landlock: '6', clock: 'virtual', python: '', pythonVersion: '', numpyVersion: '' },
    withstood: [],
    async run({ forks, gridsAs = 'list', chance = 'usual' }): Promise<ProgramReport> {
      runs.push({ forks, gridsAs, chance })
      const together = gridsAs === 'array' ? answers.arrays : answers.lists
      const results = (forks === 'grid' ? answers.apart : undefined) ?? together ?? []
      return { results, called: 'solve', gridsAs, printed: '', cpuMs: 0, wallMs: 0, maxRssBytes: 0 }
    },
    close: async () => undefined,
  }
  const verify = (code = 'import numpy') =>
    verifyProgram(sandbox, { code, entryPoints: [] }, task, new AbortController().signal)
  return { verify, runs }
}

test.each<[string, GridResult, boolean | null]>([
  ['the same grid', { status: 'ok', grid: [[2]] }, true],
  ['another grid', { status: 'ok', grid: [[3]] }, false],
  ['an error', fail('error'), false],
  ['nothing in its time, which is chance', fail('not-run'), null],
])('whether a program is deterministic, when a fork of its own gives %s', async (_, second, deterministic) => {
  const { verify, runs } = playSandbox({ lists: right, apart: [{ status: 'ok', grid: [[1]] }, second] })
  expect(await verify()).toMatchObject({ verdict: 'correct', test_correct: true, deterministic, grids_as: 'list' })
  expect(runs).toEqual([
    { forks: 'program', gridsAs: 'list', chance: 'usual' },
    { forks: 'grid', gridsAs: 'list', chance: 'other' },
  ])
})

describe('a program that is not right on lists', () => {
  test.each<[string, readonly GridResult[]]>([
    ['is wrong', answer([[7]], [[2]])],
    ['answers what is no grid', [fail('invalid-output'), fail('invalid-output')]],
    ['raises', [fail('error', 'TypeError'), fail('error', 'TypeError')]],
  ])('and %s, is run on arrays, for train and test pairs alike', async (_, lists) => {
    const { verify, runs } = playSandbox({ lists, arrays: right })
    expect(await verify()).toMatchObject({ verdict: 'correct', grids_as: 'array', train_correct: true })
    expect(runs.map(({ gridsAs }) => gridsAs)).toEqual(['list', 'array', 'array'])
  })

  test.each<[string, readonly GridResult[], readonly GridResult[], string]>([
    ['test pairs have no say', answer([[7]], [[2]]), answer([[7]], [[3]]), 'list'],
    ['not even against lists', answer([[7]], [[2]]), answer([[1]], [[3]]), 'array'],
    ['the message about the list is kept', [fail('error', 'TypeError')], [fail('error', 'IndexError')], 'list'],
  ])('%s', async (_, lists, arrays, gridsAs) => {
    const { verify } = playSandbox({ lists, arrays })
    expect(await verify()).toMatchObject({ grids_as: gridsAs })
  })

  test.each<[string, readonly GridResult[], string]>([
    ['is right on the train pairs', answer([[1]], [[3]]), 'import numpy'],
    ['is out of time', [fail('cpu-timeout')], 'import numpy'],
    ['is wrong and knows nothing of arrays', answer([[7]], [[2]]), 'def solve(grid): return grid'],
    ['raises what has nothing to do with arrays', [fail('error', 'KeyError')], 'def solve(grid): return {}[0]'],
  ])('is not run on arrays when it %s', async (_, lists, code) => {
    const { verify, runs } = playSandbox({ lists, arrays: right })
    await verify(code)
    expect(runs.every(({ gridsAs }) => gridsAs === 'list')).toBe(true)
  })
})
