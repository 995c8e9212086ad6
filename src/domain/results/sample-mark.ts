import { sameGrid, type Grid } from '../grids/grid.ts'
import { chosenRound, isCorrectOnTests, listTestOutputs, type ItemRecord, type SampleRecord } from '../runs/record.ts'
import { selectAttempts } from '../selection/select-attempts.ts'
import type { TaskPairs } from '../tasks/task.ts'

/** The result of a sample in one word, for a cell of a run's matrix. */
export type SampleMark =
  /** Right on every test input. */
  | 'right'
  /** Its program passes all train pairs but is wrong on a test input. */
  | 'train-only'
  | 'wrong'
  /** Wrong, and not of the expected size. */
  | 'wrong-size'
  /** The program raised, or returned something that is not a grid. */
  | 'error'
  /** The sandbox stopped the program: time, memory, a forbidden call. */
  | 'stopped'
  | 'unparseable'
  | 'truncated'
  | 'refused'
  | 'rejected'
  /** An explanation, in a run that asks for no grids. */
  | 'explained'

/** One letter each, so that a task with its many samples is one short string. */
export const markLetters: Readonly<Record<SampleMark, string>> = {
  right: 'r',
  'train-only': 'p',
  wrong: 'w',
  'wrong-size': 'z',
  error: 'e',
  stopped: 's',
  unparseable: 'u',
  truncated: 't',
  refused: 'f',
  rejected: 'x',
  explained: 'a',
}

/** @param judged whether the run gives grids, which are right or wrong */
export function markSample(sample: SampleRecord, task: TaskPairs, judged: boolean): SampleMark {
  const { outcomes, run } = chosenRound(sample)
  const fault = outcomes.find((outcome) => outcome !== 'answered')
  if (!judged) return fault ?? 'explained'
  if (isCorrectOnTests(sample, task)) return 'right'
  const outputs = listTestOutputs(sample, task)
  if (outputs.some((output) => output !== null)) {
    if (run?.train_correct === true) return 'train-only'
    return outputs.some((output, test) => output !== null && !hasSize(output, task.test[test]?.output))
      ? 'wrong-size'
      : 'wrong'
  }
  if (fault !== undefined) return fault
  const verdict = run?.pairs.slice(task.train.length).find((pair) => pair.verdict !== 'correct')?.verdict
  if (verdict === undefined) return 'unparseable'
  return verdict === 'error' || verdict === 'invalid-output' ? 'error' : 'stopped'
}

/** Indexes of the samples whose grid was selected as an attempt, in order. */
export function listSelectedSamples(record: ItemRecord, task: TaskPairs): number[] {
  const attempts = selectAttempts(record, task)
  return record.samples.flatMap((sample, index) => {
    const isSelected = listTestOutputs(sample, task).some(
      (output, test) => output !== null && attempts[test]?.some((attempt) => sameGrid(attempt, output)),
    )
    return isSelected ? [index] : []
  })
}

function hasSize(grid: Grid, expected: Grid | undefined): boolean {
  return grid.length === expected?.length && grid[0]?.length === expected[0]?.length
}
