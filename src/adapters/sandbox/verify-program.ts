import { countRightCells, sameGrid, type Grid } from '../../domain/grids/grid.ts'
import type { PairVerdict, ProgramVerdict } from '../../domain/runs/record.ts'
import { judgeProgram } from '../../domain/runs/verdict.ts'
import type { Pair, TaskPairs } from '../../domain/tasks/task.ts'
import type { GridResult, ProgramReport, ProgramRun, Sandbox } from './sandbox.ts'

/**
 * Runs a program on all train and test inputs and compares the results out here: the sandbox never sees an expected
 * output.
 *
 * Grids are passed as lists. A program that seems written for numpy arrays and fails the train pairs on lists is also run on
 * arrays: `np.where(grid == 1, 2, grid)` raises nothing on lists, and is wrong. One kind is used for all pairs: the one with
 * more train pairs right. Test pairs have no say.
 *
 * A program that passes every train pair runs once more with one fork per grid, with another clock and other random
 * numbers; if an answer differs, that is kept as evidence and does not change the verdict.
 */
export async function verifyProgram(
  sandbox: Sandbox,
  program: Pick<ProgramRun, 'code' | 'entryPoints' | 'limits'>,
  task: TaskPairs,
  signal: AbortSignal,
): Promise<ProgramVerdict> {
  const expected = [...task.train, ...task.test]
  const inputs = expected.map((pair) => pair.input)
  const run = async (ways: Pick<ProgramRun, 'gridsAs' | 'forks' | 'chance'>) => {
    const report = await sandbox.run({ ...program, inputs, ...ways }, signal)
    return { report, pairs: expected.map((pair, index) => judgePair(pair, report.results[index])) }
  }
  const isTrained = ({ pairs }: Judged) => pairs.slice(0, task.train.length).every(isCorrect)

  const onLists = await run({ gridsAs: 'list', forks: 'program' })
  const { report, pairs } =
    !isTrained(onLists) && mayWantArrays(program.code, onLists, task)
      ? chooseByTrain(onLists, await run({ gridsAs: 'array', forks: 'program' }), task)
      : onLists
  const trainCorrect = isTrained({ report, pairs })
  const again = trainCorrect ? await run({ gridsAs: report.gridsAs, forks: 'grid', chance: 'other' }) : undefined
  return {
    verdict: judgeProgram(pairs.map((pair) => pair.verdict)),
    pairs,
    outputs: report.results.map(takeGrid),
    train_correct: trainCorrect,
    test_correct: pairs.slice(task.train.length).every(isCorrect),
    deterministic: again === undefined ? null : gaveTheSame(report, again.report),
    function: report.called,
    grids_as: report.gridsAs,
    printed: report.printed,
    cpu_seconds: report.cpuMs / 1000,
    wall_seconds: report.wallMs / 1000,
  }
}

interface Judged {
  readonly report: ProgramReport
  readonly pairs: readonly PairVerdict[]
}

/** Verdicts that lists given to array code can cause. A timeout would happen again. */
const arrayFaults: ReadonlySet<PairVerdict['verdict']> = new Set(['wrong', 'invalid-output', 'error'])
/** Exceptions when lists and ints are used like arrays, such as `grid.shape`, `grid[:, 0]` and `grid + 1`. */
const arrayErrors: ReadonlySet<string | undefined> = new Set(['AttributeError', 'IndexError', 'TypeError'])

function mayWantArrays(code: string, { report, pairs }: Judged, { train }: TaskPairs): boolean {
  if (report.gridsAs === 'array' || report.called === null) return false
  const faulty = pairs.slice(0, train.length).filter((pair) => !isCorrect(pair))
  if (!faulty.every(({ verdict }) => arrayFaults.has(verdict))) return false
  return code.includes('numpy') || faulty.some(({ error_type }) => arrayErrors.has(error_type))
}

/** A tie goes to the first: the prompt promised lists, so their message is the one to show. */
function chooseByTrain(onLists: Judged, onArrays: Judged, { train }: TaskPairs): Judged {
  const rank = ({ pairs }: Judged) => {
    const trained = pairs.slice(0, train.length)
    return [trained.filter(isCorrect).length, trained.reduce((sum, pair) => sum + pair.cells_right, 0)] as const
  }
  const [listPairs, listCells] = rank(onLists)
  const [arrayPairs, arrayCells] = rank(onArrays)
  return arrayPairs > listPairs || (arrayPairs === listPairs && arrayCells > listCells) ? onArrays : onLists
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
    ...(result.limit !== undefined && { limit: result.limit }),
    cells_right: 0,
    cells,
  }
}

/** @returns null if one of the two ran out of time on a grid that the other answered: that is chance, not evidence */
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
