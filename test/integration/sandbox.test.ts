import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createSandbox } from '../../src/adapters/sandbox/create-sandbox.ts'
import type { ProgramRun, Sandbox } from '../../src/adapters/sandbox/sandbox.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await createSandbox({ slots: 1, limits: { cpuMsPerGrid: 300, programCpuMs: 1_000 } })
})

afterAll(() => sandbox.close())

const inputs = [
  [
    [1, 2],
    [3, 4],
  ],
  [[5]],
]

function run(code: string, program: Partial<ProgramRun> = {}) {
  const entryPoints = ['solve_task', 'solve', 'transform']
  return sandbox.run({ code, entryPoints, inputs, forks: 'program', ...program }, AbortSignal.timeout(60_000))
}

describe('a program', () => {
  test('answers each input', async () => {
    const { results } = await run('def solve_task(grid):\n    return [row[::-1] for row in grid]')
    expect(results).toEqual([
      {
        status: 'ok',
        grid: [
          [2, 1],
          [4, 3],
        ],
      },
      { status: 'ok', grid: [[5]] },
    ])
  })
})
