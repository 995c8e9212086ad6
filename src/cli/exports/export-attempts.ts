import { resolve } from 'node:path'
import type { LeaderboardFormat } from '../../adapters/exports/leaderboard-format.ts'
import { showFile } from '../../adapters/files/show-file.ts'
import { count } from '../../domain/count.ts'
import { givesGrids, isVerification } from '../../domain/runs/run.ts'
import { UsageError } from '../../domain/usage-error.ts'
import type { CliContext } from '../context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { findRun } from '../runs/find-run.ts'
import { chooseOutput, refuseToOverwrite } from './choose-output.ts'
import { showTasks } from './show-tasks.ts'

export interface ExportAttemptsFlags {
  readonly output?: string
  readonly json?: boolean
}

/**
 * Writes a run's attempts in a leaderboard's format. This is meant for evaluation tasks, so no guard applies.
 *
 * @throws {UsageError} for several runs, or a run that gives no grids
 */
export async function exportAttempts(
  { config, store, print, note }: CliContext,
  format: LeaderboardFormat,
  names: readonly string[],
  flags: ExportAttemptsFlags,
): Promise<ExitCode> {
  const folder = await findRun(store, needOne(format, names))
  const { runId } = folder
  const run = await folder.readRun()
  if (isVerification(run) || !givesGrids(run)) {
    throw new UsageError(
      `${runId} has no grids to submit: \`export ${format.name}\` works on runs of programs or grids.`,
    )
  }
  const items = await folder.listItems()
  const missing = items.length - (await folder.listRecorded()).length
  if (missing > 0)
    note(
      `${count(missing, 'task')} ${missing === 1 ? 'is not recorded and is' : 'are not recorded and are'} exported without an answer`,
    )
  const output = await chooseOutput(config, format.nameOutput(runId), flags.output)
  const written = await showTasks({ done: 'Written', total: items.length, silent: flags.json }, (onTask) =>
    format.write(folder, resolve(output), onTask),
  )
  if (!written) refuseToOverwrite(output)
  const path = resolve(output)
  const document = { run_id: runId, format: format.name, output, output_path: path }
  print(flags.json ? JSON.stringify(document, null, 2) : showFile(path))
  return exitCodes.complete
}

/** A leaderboard takes one submission per task, so runs cannot be mixed in one file. */
function needOne(format: LeaderboardFormat, names: readonly string[]): string {
  const [name, ...others] = new Set(names)
  if (name !== undefined && others.length === 0) return name
  const lines = [name, ...others].map((each) => `  npx arcloom export ${format.name} ${each}`)
  throw new UsageError(
    [
      `export ${format.name} takes a single run, because a leaderboard scores one. Export each separately:`,
      ...lines,
    ].join('\n'),
  )
}
