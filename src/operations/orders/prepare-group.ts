import type { NewRun } from '../../adapters/stores/run-store.ts'
import { leaveOutRepeats } from '../../domain/tasks/item.ts'
import type { Task } from '../../domain/tasks/task.ts'
import { prepareRun, type RunRequest } from '../../runs/prepare-run.ts'
import { referToTask } from '../../runs/refer-to-task.ts'
import { describeRepeats } from '../describe-repeats.ts'

/** Runs started together, one per model, form a group named after the first. */
export function prepareGroup(requests: readonly RunRequest[], now: Date): NewRun[] {
  const runs = requests.map((request) => prepareRun(request, now))
  const [first] = runs
  return runs.map((each) => ({ ...each, run: { ...each.run, group: first?.run.run_id ?? each.run.group } }))
}

/**
 * All models are asked for the same tasks, each once, in however many datasets and splits it occurs.
 *
 * @returns also what was left out, in words
 */
export function withoutRepeats(requests: readonly RunRequest[]): {
  readonly requests: RunRequest[]
  readonly repeats: string | undefined
} {
  const allTasks: readonly Task[] = requests[0]?.tasks ?? []
  const { distinct, repeats } = leaveOutRepeats(allTasks.map((task) => ({ task, ...referToTask(task) })))
  const tasks = distinct.map(({ task }) => task)
  return { requests: requests.map((request) => ({ ...request, tasks })), repeats: describeRepeats(repeats) }
}
