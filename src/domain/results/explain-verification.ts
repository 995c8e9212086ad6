import { sameGrid } from '../grids/grid.ts'
import { chosenRound, listTestOutputs, type SampleRecord } from '../runs/record.ts'
import type { TaskPairs } from '../tasks/task.ts'

/** Whether a sample passed its test pairs, in the words of the Python original, which ran only test pairs and counted them from 0. */
export function explainVerification(sample: SampleRecord, task: TaskPairs): string {
  const { run, grids } = chosenRound(sample)
  if (run === null && grids === undefined) return 'Skipped - Code generation failed'
  const outputs = listTestOutputs(sample, task)
  const wrongTest = task.test.findIndex(({ output }, test) => !sameGrid(outputs[test] ?? [], output))
  if (wrongTest < 0) return 'Passed'
  if (outputs[wrongTest] !== null) return `Output Mismatch (Test Case ${wrongTest})`
  return run === null ? `No Grid (Test Case ${wrongTest})` : `Execution Error (Test Case ${wrongTest})`
}
