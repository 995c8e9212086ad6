import { describe, expect, test } from '@jest/globals'
import type { Grid } from '../../domain/grids/grid.ts'
import type { GridResult, ProgramReport, ProgramRun, Sandbox } from './sandbox.ts'
import { verifyProgram } from './verify-program.ts'

const task = { train: [{ input: [[1]], output: [[1]] }], test: [{ input: [[2]], output: [[2]] }] }
const right = answer([[1]], [[2]])

function answer(...grids: readonly Grid[]): GridResult[] {
  return grids.map((grid) => ({ status: 'ok', grid }))
}

function fail(status: 'error' | 'cpu-timeout' | 'invalid-output' | 'not-run', errorType?: string): GridResult {
  return { status, message: '', ...(errorType && { errorType }) }
}

/** A sandbox with fixed answers: with lists, with arrays, and once more with one fork per grid. */
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
  ['nothing in time, which is chance', fail('not-run'), null],
])(
  'whether a program is deterministic, when its second run in a fork of its own gives %s',
  async (_, second, deterministic) => {
    const { verify, runs } = playSandbox({ lists: right, apart: [{ status: 'ok', grid: [[1]] }, second] })
    expect(await verify()).toMatchObject({ verdict: 'correct', test_correct: true, deterministic, grids_as: 'list' })
    expect(runs).toEqual([
      { forks: 'program', gridsAs: 'list', chance: 'usual' },
      { forks: 'grid', gridsAs: 'list', chance: 'other' },
    ])
  },
)

describe('a program that fails when it is called with lists', () => {
  test.each<[string, readonly GridResult[]]>([
    ['is wrong', answer([[7]], [[2]])],
    ['returns something that is not a grid', [fail('invalid-output'), fail('invalid-output')]],
    ['raises', [fail('error', 'TypeError'), fail('error', 'TypeError')]],
  ])('is run again with arrays, on train and test pairs alike, when it %s', async (_, lists) => {
    const { verify, runs } = playSandbox({ lists, arrays: right })
    expect(await verify()).toMatchObject({ verdict: 'correct', grids_as: 'array', train_correct: true })
    expect(runs.map(({ gridsAs }) => gridsAs)).toEqual(['list', 'array', 'array'])
  })

  test.each<[string, readonly GridResult[], readonly GridResult[], string]>([
    [
      'the result on test pairs does not decide between lists and arrays',
      answer([[7]], [[2]]),
      answer([[7]], [[3]]),
      'list',
    ],
    [
      'arrays that are right on the train pairs win even if the test pairs are wrong',
      answer([[7]], [[2]]),
      answer([[1]], [[3]]),
      'array',
    ],
    [
      'when both raise, the message from the run with lists is kept',
      [fail('error', 'TypeError')],
      [fail('error', 'IndexError')],
      'list',
    ],
  ])('%s', async (_, lists, arrays, gridsAs) => {
    const { verify } = playSandbox({ lists, arrays })
    expect(await verify()).toMatchObject({ grids_as: gridsAs })
  })

  test.each<[string, readonly GridResult[], string]>([
    ['is right on the train pairs', answer([[1]], [[3]]), 'import numpy'],
    ['ran out of time', [fail('cpu-timeout')], 'import numpy'],
    ['is wrong and does not mention arrays', answer([[7]], [[2]]), 'def solve(grid): return grid'],
    [
      'raises an error that has nothing to do with arrays',
      [fail('error', 'KeyError')],
      'def solve(grid): return {}[0]',
    ],
  ])('is not run with arrays when it %s', async (_, lists, code) => {
    const { verify, runs } = playSandbox({ lists, arrays: right })
    await verify(code)
    expect(runs.every(({ gridsAs }) => gridsAs === 'list')).toBe(true)
  })
})
