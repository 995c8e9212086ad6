import type { GridResult, ProgramReport, ProgramRun, Sandbox } from '../adapters/sandbox/sandbox.ts'
import { countRightCells, sameGrid, type Grid } from '../domain/grid.ts'
import type { PairVerdict, ProgramVerdict } from '../domain/record.ts'
import type { Pair, TaskPairs } from '../domain/task.ts'
import { judgeProgram } from '../domain/verdict.ts'

/**
 * Runs a program on all train and test inputs and compares what it returns out here: the sandbox never holds an expected
 * output. A program that passes every train pair runs once more with one fork per grid; an answer that differs then, by
 * state carried over or by chance, is kept as evidence and changes no verdict.
 */
export async function verifyProgram(
  sandbox: Sandbox,
  { code, entryPoints }: Pick<ProgramRun, 'code' | 'entryPoints'>,
  task: TaskPairs,
  signal: AbortSignal,
): Promise<ProgramVerdict> {
  const expected = [...task.train, ...task.test]
  const inputs = expected.map((pair) => pair.input)
  const report = await sandbox.run({ code, entryPoints, inputs, forks: 'program' }, signal)
  const pairs = expected.map((pair, index) => judgePair(pair, report.results[index]))
  const trainCorrect = pairs.slice(0, task.train.length).every(isCorrect)
  const again = trainCorrect ? await sandbox.run({ code, entryPoints, inputs, forks: 'grid' }, signal) : undefined
  return {
    verdict: judgeProgram(pairs.map((pair) => pair.verdict)),
    pairs,
    outputs: report.results.map(takeGrid),
    train_correct: trainCorrect,
    test_correct: pairs.slice(task.train.length).every(isCorrect),
    deterministic: again === undefined ? null : gaveTheSame(report, again),
    printed: report.printed,
    cpu_seconds: report.cpuMs / 1000,
    wall_seconds: report.wallMs / 1000,
  }
}

function isCorrect(pair: PairVerdict): boolean {
  return pair.verdict === 'correct'
}

function takeGrid(result: GridResult): Grid | null {
  return isOk(result) ? result.grid : null
}

function judgePair({ output }: Pair, result: GridResult | undefined): PairVerdict {
  const cells = output.length * (output[0]?.length ?? 0)
  if (result === undefined) return { verdict: 'not-run', cells_right: 0, cells }
  if (result.status === 'ok') {
    const verdict = sameGrid(result.grid, output) ? 'correct' : 'wrong'
    return { verdict, cells_right: countRightCells(result.grid, output), cells }
  }
  return {
    verdict: result.status,
    message: result.message,
    ...(result.errorType !== undefined && { error_type: result.errorType }),
    ...(result.line !== undefined && { line: result.line }),
    cells_right: 0,
    cells,
  }
}

/** @returns null where one of the two ran out of time on a grid that the other answered: that is chance, and no evidence. */
function gaveTheSame(a: ProgramReport, b: ProgramReport): boolean | null {
  const differing = a.results.flatMap((result, index) => {
    const other = b.results[index] ?? result
    const same = isOk(result) && isOk(other) ? sameGrid(result.grid, other.grid) : result.status === other.status
    return same ? [] : [[result.status, other.status]]
  })
  if (differing.length === 0) return true
  return differing.every((pair) => pair.some((status) => outOfTime.has(status))) ? null : false
}

const outOfTime: ReadonlySet<GridResult['status']> = new Set(['cpu-timeout', 'wall-timeout', 'not-run'])

function isOk(result: GridResult): result is Extract<GridResult, { status: 'ok' }> {
  return result.status === 'ok'
}
