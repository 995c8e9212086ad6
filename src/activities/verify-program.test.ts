import { expect, test } from '@jest/globals'
import type { GridResult, ProgramReport, ProgramRun, Sandbox } from '../adapters/sandbox/sandbox.ts'
import { verifyProgram } from './verify-program.ts'

const task = { train: [{ input: [[1]], output: [[1]] }], test: [{ input: [[2]], output: [[2]] }] }
const right: GridResult[] = [
  { status: 'ok', grid: [[1]] },
  { status: 'ok', grid: [[2]] },
]

/** A sandbox that answers by heart: once for all grids in one fork, once for one fork each. */
function playSandbox(together: readonly GridResult[], apart: readonly GridResult[]): Sandbox {
  const report = (results: readonly GridResult[]): ProgramReport => {
    return { results, printed: '', cpuMs: 0, wallMs: 0, maxRssBytes: 0 }
  }
  return {
    facts: { level: 'bwrap', landlock: '6', python: '', pythonVersion: '', numpyVersion: '' },
    withstood: [],
    run: async ({ forks }: ProgramRun) => report(forks === 'program' ? together : apart),
    close: async () => undefined,
  }
}

test.each<[string, GridResult, boolean | null]>([
  ['the same grid', { status: 'ok', grid: [[2]] }, true],
  ['another grid', { status: 'ok', grid: [[3]] }, false],
  ['an error', { status: 'error', message: '' }, false],
  ['nothing in its time, which is chance', { status: 'not-run', message: '' }, null],
])('whether a program is deterministic, when a fork of its own gives %s', async (_, second, deterministic) => {
  const sandbox = playSandbox(right, [{ status: 'ok', grid: [[1]] }, second])
  const program = { code: '', entryPoints: [] }
  const verdict = await verifyProgram(sandbox, program, task, new AbortController().signal)
  expect(verdict).toMatchObject({ verdict: 'correct', test_correct: true, deterministic })
})
