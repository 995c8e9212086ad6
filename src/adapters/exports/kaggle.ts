import type { Grid } from '../../domain/grids/grid.ts'
import { writeNewFile } from '../files/write-new-file.ts'
import type { RunFolder } from '../stores/run-store.ts'
import { createNaming } from './create-naming.ts'
import type { LeaderboardFormat } from './leaderboard-format.ts'
import { readAttempts } from './read-attempts.ts'

/** What Kaggle's own sample submits for no answer: both attempts are required. */
const nothing: Grid = [
  [0, 0],
  [0, 0],
]

/** `submission.json` of the ARC Prize competitions on Kaggle: every task, every test input, both attempts. */
export const kaggleFormat: LeaderboardFormat = {
  name: 'kaggle',
  description: 'submission.json of the ARC Prize competitions: all tasks, two attempts per test input',
  nameOutput: (runId) => `${runId}-kaggle.json`,
  write: (folder, output, onTask) => writeNewFile(output, renderSubmission(folder, onTask)),
}

async function* renderSubmission(folder: RunFolder, onTask?: () => void): AsyncGenerator<string> {
  const names = createNaming(await folder.listItems())
  let separator = '{\n'
  for await (const { item, attempts } of readAttempts(folder)) {
    const pairs = attempts.map(([first = nothing, second = first]) => ({ attempt_1: first, attempt_2: second }))
    yield `${separator}${JSON.stringify(names.key(item))}: ${JSON.stringify(pairs)}`
    separator = ',\n'
    onTask?.()
  }
  yield '\n}\n'
}
