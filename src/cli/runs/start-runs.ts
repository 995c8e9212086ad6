import { prepareDataDir } from '../../config.ts'
import type { RecipeName } from '../../domain/recipes/recipe.ts'
import type { AskingSpecification } from '../../domain/runs/specification.ts'
import { leaveOutRepeats } from '../../domain/tasks/item.ts'
import type { Task } from '../../domain/tasks/task.ts'
import { prepareRun } from '../../runs/prepare-run.ts'
import { referToTask } from '../../runs/refer-to-task.ts'
import { createContext, type CliContext } from '../context.ts'
import type { ExitCode } from '../exit-codes.ts'
import { buildRequests } from './build-requests.ts'
import { describeRepeats } from './describe-repeats.ts'
import type { RunFlags } from './run-flags.ts'
import { runToEnd } from './run-to-end.ts'

/** Starts a run for each model and follows the runs to their end. */
export async function startRuns(
  kind: AskingSpecification['kind'],
  recipe: RecipeName,
  flags: RunFlags,
): Promise<ExitCode> {
  const context = createContext()
  const requests = await buildRequests(context.config, kind, recipe, flags)
  prepareDataDir(context.config)
  const now = new Date()
  const tasks = noteRepeats(context, requests[0]?.tasks ?? [])
  const runs = requests.map((request) => prepareRun({ ...request, tasks }, now))
  const [first] = runs
  // Runs started together, one per model, form a group named after the first.
  const grouped = runs.map((each) => ({ ...each, run: { ...each.run, group: first?.run.run_id ?? each.run.group } }))
  const keys = requests.flatMap(({ model }) => model.apiKeyVariable ?? [])
  return runToEnd(context, grouped, flags, keys)
}

/** All models are asked for the same tasks, each once, in however many datasets and splits it occurs. */
function noteRepeats({ note }: Pick<CliContext, 'note'>, tasks: readonly Task[]): Task[] {
  const { distinct, repeats } = leaveOutRepeats(tasks.map((task) => ({ task, ...referToTask(task) })))
  const words = describeRepeats(repeats)
  if (words !== undefined) note(words)
  return distinct.map(({ task }) => task)
}
