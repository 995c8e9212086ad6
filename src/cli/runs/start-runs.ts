import { prepareDataDir } from '../../config.ts'
import type { RecipeName } from '../../domain/recipes/recipe.ts'
import type { AskingSpecification } from '../../domain/runs/specification.ts'
import { buildRequests } from '../../operations/build-requests.ts'
import { prepareGroup, withoutRepeats } from '../../operations/orders/prepare-group.ts'
import type { RunFlags } from '../../operations/run-flags.ts'
import { createContext } from '../context.ts'
import type { ExitCode } from '../exit-codes.ts'
import { runToEnd } from './run-to-end.ts'

/** Starts a run for each model and follows the runs to their end. */
export async function startRuns(
  kind: AskingSpecification['kind'],
  recipe: RecipeName,
  flags: RunFlags,
): Promise<ExitCode> {
  const context = createContext()
  const { requests, repeats } = withoutRepeats(await buildRequests(context.config, kind, recipe, flags))
  if (repeats !== undefined) context.note(repeats)
  prepareDataDir(context.config)
  const keys = requests.flatMap(({ model }) => model.apiKeyVariable ?? [])
  return runToEnd(context, prepareGroup(requests, new Date()), flags, keys)
}
