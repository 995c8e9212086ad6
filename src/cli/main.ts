import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { hasCode } from '../adapters/files/error-code.ts'
import { readVersions } from '../adapters/read-versions.ts'
import { createBatchCommand } from './commands/batch.ts'
import { createBenchmarkCommand } from './commands/benchmark.ts'
import { createCompareCommand } from './commands/compare.ts'
import { createDatasetCommand } from './commands/dataset.ts'
import { createDoctorCommand } from './commands/doctor.ts'
import { createExportCommand } from './commands/export.ts'
import { createGenerateCommand } from './commands/generate.ts'
import { createModelsCommand } from './commands/models.ts'
import { createReportCommand } from './commands/report.ts'
import { createRescoreCommand } from './commands/rescore.ts'
import { createResumeCommand, createRetryCommand } from './commands/resume.ts'
import { createSettleCommand } from './commands/settle.ts'
import { createDownCommand, createUpCommand } from './commands/stack.ts'
import { createRunsCommand, createStatusCommand } from './commands/status.ts'
import { createSteeringCommands } from './commands/steer.ts'
import { createTracesCommand } from './commands/traces.ts'
import { createVerifyCommand } from './commands/verify.ts'
import { createWatchCommand } from './commands/watch.ts'
import { createWebCommand } from './commands/web.ts'
import { createWorkerCommand } from './commands/worker.ts'
import { describeError } from './describe-error.ts'
import { exitCodes } from './exit-codes.ts'
import { normalizeArguments } from './normalize-arguments.ts'
import { refuseOldScript } from './old-scripts.ts'

function createProgram(version: string): Command {
  const program = new Command('arcloom').description('Durable ARC-AGI benchmarks and data generation.').version(version)
  const commands = [
    createUpCommand(),
    createDownCommand(),
    createBenchmarkCommand(),
    createGenerateCommand(),
    createVerifyCommand(),
    createRunsCommand(),
    createStatusCommand(),
    createWatchCommand(),
    ...createSteeringCommands(),
    createBatchCommand(),
    createResumeCommand(),
    createRetryCommand(),
    createReportCommand(),
    createRescoreCommand(),
    createSettleCommand(),
    createCompareCommand(),
    createExportCommand(),
    createDatasetCommand(),
    createTracesCommand(),
    createModelsCommand(),
    createDoctorCommand(),
    createWorkerCommand(),
    createWebCommand(),
  ]
  for (const command of commands) program.addCommand(command)
  for (const command of [program, ...commands, ...commands.flatMap((parent) => parent.commands)]) {
    command.exitOverride().configureOutput({ outputError: () => undefined })
  }
  return program
}

/** Runs one command line and sets the process's exit code; an error is reported once. */
export async function main(words: readonly string[]): Promise<void> {
  outliveReaders()
  try {
    const normal = normalizeArguments(words)
    refuseOldScript(normal)
    // Asking git takes longer than many commands.
    const version = /^(-V|--version)$/.test(normal[0] ?? '') ? await readVersion() : ''
    await createProgram(version).parseAsync(normal, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError && isHelp(error)) {
      process.exitCode = error.exitCode === 0 ? exitCodes.complete : exitCodes.usage
      return
    }
    const { exitCode, ...described } = describeError(error)
    process.exitCode = exitCode
    if (words.includes('--json')) process.stdout.write(`${JSON.stringify({ error: described }, null, 2)}\n`)
    else process.stderr.write(`${described.message}\n`)
  }
}

async function readVersion(): Promise<string> {
  const { arcloom = 'unknown', commit } = await readVersions(fileURLToPath(new URL('../..', import.meta.url)))
  return commit === undefined ? arcloom : `${arcloom} (${commit})`
}

/** The reader may have seen enough (`| head -1`): the command continues and keeps its exit code. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (!hasCode(error, 'EPIPE')) throw error
    })
  }
}

/** Help was printed, on request or because no command was given: nothing is left to report. */
function isHelp({ code }: CommanderError): boolean {
  return code === 'commander.help' || code === 'commander.helpDisplayed' || code === 'commander.version'
}
