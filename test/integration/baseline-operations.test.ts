import { describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import * as fc from 'fast-check'
import { sameGrid, type Grid } from '../../src/domain/grid.ts'
import type { Step } from '../../src/baseline/operation.ts'
import { operations } from '../../src/baseline/operations/list-operations.ts'
import { renderProgram } from '../../src/baseline/render-answer.ts'

/** Reads {programs, grids} and prints for each program its output on each grid, null where it raised or gave nothing. */
const runner = `
import json, sys
import numpy as np
asked = json.load(sys.stdin)
def run(solve, grid):
    try:
        output = np.array(solve(grid))
        return output.tolist() if output.ndim == 2 and output.size else None
    except Exception as error:
        return None
results = []
for program in asked["programs"]:
    names = {}
    exec(program, names)
    results.append([run(names["solve_task"], grid) for grid in asked["grids"]])
json.dump(results, sys.stdout)
`

function runPrograms(programs: readonly string[], grids: readonly Grid[]): (Grid | null)[][] {
  const input = JSON.stringify({ programs, grids })
  return JSON.parse(execFileSync('/usr/bin/python3', ['-c', runner], { input, maxBuffer: 1 << 28 }).toString())
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

describe('an operation says the same in TypeScript and in Python', () => {
  test.each(operations.map((operation) => [operation.name, operation] as const))('%s', (_, { examples }) => {
    const programs = examples.map((step) => renderProgram({ steps: [step] }))
    const outputs = runPrograms(programs, grids)
    const differing = examples.flatMap((step, index) => findDifference(step, outputs[index] ?? []))
    expect(differing).toEqual([])
    const answered = outputs.map((row) => row.filter((output) => output !== null).length)
    expect(Math.min(...answered)).toBeGreaterThan(0)
  })
})

/** The first grid on which the two forms differ, with both outputs. */
function findDifference(step: Step, outputs: readonly (Grid | null)[]): unknown[] {
  const index = grids.findIndex((grid, index) => !sameAnswer(step.apply(grid), outputs[index] ?? null))
  const grid = grids[index]
  return grid ? [{ call: step.call, grid, typescript: step.apply(grid), python: outputs[index] }] : []
}

function sameAnswer(a: Grid | null, b: Grid | null): boolean {
  return a && b ? sameGrid(a, b) : a === b
}
