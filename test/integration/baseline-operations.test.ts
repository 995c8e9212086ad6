import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { createSandbox } from '../../src/adapters/sandbox/create-sandbox.ts'
import type { Sandbox } from '../../src/adapters/sandbox/sandbox.ts'
import { renderProgram } from '../../src/baseline/chat/render-answer.ts'
import type { Step } from '../../src/baseline/operation.ts'
import { operations } from '../../src/baseline/operations/list-operations.ts'
import { isGrid, sameGrid, type Grid } from '../../src/domain/grids/grid.ts'

let sandbox: Sandbox
beforeAll(async () => {
  // This compares results, not speed: a fork gets the grids of all examples.
  sandbox = await createSandbox({ slots: 2, limits: { cpuMsPerGrid: 60_000, programCpuMs: 60_000 } })
})
afterAll(() => sandbox.close())

/** The output for each grid, null when the program raised or gave no grid. */
async function runProgram(code: string): Promise<(Grid | null)[]> {
  const program = { code, entryPoints: ['solve_task'], inputs: grids, forks: 'program' } as const
  const { results } = await sandbox.run(program, new AbortController().signal)
  return results.map((result) => {
    if (result.status === 'ok') return result.grid
    if (result.status === 'error' || result.status === 'invalid-output') return null
    throw new Error(`${result.status}: ${result.message}`)
  })
}

/** Grids of few symbols, since noise of ten has no objects; with and without lines across, and some of the smallest size. */
const noise = (symbols: readonly number[], most = 9, times = 1) => {
  const side = fc.integer({ min: 1, max: most }).map((side) => side * times)
  const row = (width: number) => fc.array(fc.constantFrom(...symbols), { minLength: width, maxLength: width })
  return fc.tuple(side, side).chain(([height, width]) => fc.array(row(width), { minLength: height, maxLength: height }))
}
const lined = noise([0, 0, 1, 3], 4).map((part) => {
  const row = (cells: readonly number[]) => [...cells, 5, ...cells.toReversed()]
  return [...part.map(row), Array<number>(2 * (part[0]?.length ?? 0) + 1).fill(5), ...part.map(row)]
})
const doubled = noise([0, 0, 1, 2], 4).map((part) => [...part, ...part].map((row) => [...row, ...row.toReversed()]))
const grid: fc.Arbitrary<Grid> = fc.oneof(
  noise([0, 0, 0, 1, 2, 3]),
  noise([0, 0, 3, 4], 4),
  noise([1, 2, 3]),
  noise([0, 1], 3),
  noise([0, 0, 0, 1, 2], 2, 2),
  lined,
  doubled,
)
const grids = fc.sample(grid, { numRuns: 50, seed: 20_260_101 })

describe('an operation gives the same result in TypeScript and in Python', () => {
  test.each(operations.map((operation) => [operation.name, operation] as const))('%s', async (_, { examples }) => {
    const outputs = await Promise.all(examples.map((step) => runProgram(renderProgram({ steps: [step] }))))
    const differing = examples.flatMap((step, index) => findDifference(step, outputs[index] ?? []))
    expect(differing).toEqual([])
    const answered = outputs.map((row) => row.filter((output) => output !== null).length)
    expect(Math.min(...answered)).toBeGreaterThan(0)
  })
})

/** The first grid on which the two implementations differ, with both outputs. */
function findDifference(step: Step, outputs: readonly (Grid | null)[]): unknown[] {
  const index = grids.findIndex((grid, index) => !sameAnswer(step.apply(grid), outputs[index] ?? null))
  const grid = grids[index]
  return grid ? [{ call: step.call, grid, typescript: step.apply(grid), python: outputs[index] }] : []
}

/** A grid over the maximum size is not a grid, for the sandbox and for the search. */
function sameAnswer(a: Grid | null, b: Grid | null): boolean {
  return isGrid(a) && b ? sameGrid(a, b) : isGrid(a) === isGrid(b)
}
