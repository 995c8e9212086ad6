import { prepareRun } from '../client/prepare-run.ts'
import { prepareDataDir } from '../config.ts'
import type { RecipeName } from '../domain/recipes/recipe.ts'
import type { AskingSpecification } from '../domain/specification.ts'
import { buildRequests } from './build-requests.ts'
import { createContext } from './context.ts'
import type { ExitCode } from './exit-codes.ts'
import type { RunFlags } from './run-flags.ts'
import { runToEnd } from './run-to-end.ts'

/** Asks each model that was named, in a run of its own, and follows the runs to their end. */
export async function startRuns(
  kind: AskingSpecification['kind'],
  recipe: RecipeName,
  flags: RunFlags,
): Promise<ExitCode> {
  const context = createContext()
  const requests = await buildRequests(context.config, kind, recipe, flags)
  prepareDataDir(context.config)
  const now = new Date()
  const runs = requests.map((request) => prepareRun(request, now))
  const [first] = runs
  // Runs started together, one per model, are a group, called by its first.
  const grouped = runs.map((each) => ({ ...each, run: { ...each.run, group: first?.run.run_id ?? each.run.group } }))
  const keys = requests.flatMap(({ model }) => model.apiKeyVariable ?? [])
  return runToEnd(context, grouped, flags, keys)
}
