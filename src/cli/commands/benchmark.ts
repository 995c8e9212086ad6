import { Command } from 'commander'
import { prepareDataDir } from '../../config.ts'
import { prepareRun } from '../../client/prepare-run.ts'
import { startRun } from '../../client/start-run.ts'
import type { RecipeName } from '../../domain/recipes/recipe.ts'
import type { RunKind } from '../../domain/specification.ts'
import { buildRequests } from '../build-requests.ts'
import { createContext, openSession } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { followRuns } from '../follow-runs.ts'
import { reportRuns } from '../report-runs.ts'
import { addRunFlags, readControls, type RunFlags } from '../run-flags.ts'
import { endWith } from '../end-with.ts'

export function createBenchmarkCommand(): Command {
  const command = new Command('benchmark').description('ask a model, run its programs, score')
  addRunFlags(command.command('code'))
    .description('programs that solve tasks, verified in the sandbox')
    .action((flags: RunFlags) => endWith(startRuns('benchmark', 'code', flags)))
  return command
}

async function startRuns(kind: RunKind, recipe: RecipeName, flags: RunFlags): Promise<ExitCode> {
  const context = createContext()
  const requests = await buildRequests(context.config, kind, recipe, flags)
  prepareDataDir(context.config)
  const now = new Date()
  const runs = requests.map((request) => prepareRun(request, now))
  const [first] = runs
  const group = runs.length > 1 && first !== undefined ? first.run.run_id : undefined

  const session = await openSession(context, { keys: requests.flatMap(({ model }) => model.apiKeyVariable ?? []) })
  try {
    const folders = []
    for (const run of runs) {
      const wanted = group === undefined ? run : { ...run, run: { ...run.run, group } }
      const { folder, how } = await startRun(session.opening, context.store, wanted, readControls(flags))
      if (how !== 'created') context.note(`${folder.runId}: ${attachedWords[how]}`)
      folders.push(folder)
    }
    if (flags.detach) {
      for (const { runId } of folders) context.note(`${runId} runs; to see it: npx arcloom watch ${runId}`)
      if (flags.json) await reportRuns(context, folders, true)
      else context.print(folders.map((folder) => folder.runId).join('\n'))
      return exitCodes.complete
    }
    const result = await followRuns(session, folders)
    const exitCode = await reportRuns(context, folders, flags.json)
    return result === 'left' ? exitCodes.interrupted : exitCode
  } finally {
    await session.close()
  }
}

const attachedWords = {
  attached: 'is open already; this shows it.',
  resumed: 'had ended; it goes on with what was not recorded.',
  complete: 'is complete already; nothing was asked.',
} as const
