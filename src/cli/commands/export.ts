import { Command } from 'commander'
import { join, resolve } from 'node:path'
import type { RunExport } from '../../adapters/exports/run-export.ts'
import { runExports } from '../../adapters/exports/run-exports.ts'
import { prepareDataDir } from '../../config.ts'
import { givesGrids, isVerification } from '../../domain/run.ts'
import { createContext } from '../context.ts'
import { endWith } from '../end-with.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { UsageError } from '../usage-error.ts'

interface ExportFlags {
  readonly output?: string
  readonly json?: boolean
}

export function createExportCommand(): Command {
  const command = new Command('export').description('what training and leaderboards read')
  for (const format of runExports) {
    command
      .command(format.name)
      .argument('<run>')
      .description(format.description)
      .option('--output <path>', 'write it there, and never over anything (default: below data/exports/)')
      .option('--json', 'print one JSON document on stdout')
      .action((runId: string, flags: ExportFlags) => endWith(exportRun(format, runId, flags)))
  }
  return command
}

async function exportRun(format: RunExport, runId: string, flags: ExportFlags): Promise<ExitCode> {
  const { config, store, print, note } = createContext()
  const folder = await store.openRun(runId)
  const run = await folder.readRun()
  if (isVerification(run) || !givesGrids(run)) {
    throw new UsageError(`${runId} hands in no grids: \`export ${format.name}\` is for runs of programs or of grids.`)
  }
  const missing = (await folder.listItems()).length - (await folder.listRecorded()).length
  if (missing > 0) note(`${missing} tasks are not recorded: they stand in the export without an answer`)
  if (flags.output === undefined) prepareDataDir(config)
  const output = flags.output ?? join(config.dataDir, 'exports', format.nameOutput(runId))
  if (!(await format.write(folder, resolve(output)))) {
    throw new UsageError(`${output} is there already, and is not written over. Another place: --output <path>`)
  }
  print(flags.json ? JSON.stringify({ run_id: runId, format: format.name, output }, null, 2) : output)
  return exitCodes.complete
}
