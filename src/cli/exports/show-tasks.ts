import { count } from '../../domain/count.ts'
import { createProgressLine } from '../terminal/progress-line.ts'

interface Shown {
  /** What was done to each task, in a word or two. */
  readonly done: string
  readonly total: number
  readonly silent: boolean | undefined
}

/** Processes tasks one after the other and shows the progress on stderr. @param work calls `onTask` after each */
export async function showTasks<Result>(
  { done, total, silent }: Shown,
  work: (onTask: () => void) => Promise<Result>,
): Promise<Result> {
  const line = createProgressLine(process.stderr, { silent })
  let taskCount = 0
  try {
    return await work(() => {
      taskCount += 1
      line.show(`${done}: ${taskCount}/${count(total, 'task')}`)
    })
  } finally {
    line.end()
  }
}
