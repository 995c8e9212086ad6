import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { showFault, showFile } from '../../adapters/files/show-file.ts'
import { readVersions } from '../../adapters/read-versions.ts'
import { isRunId } from '../../adapters/stores/create-run-store.ts'
import { RunNotFound } from '../../adapters/stores/run-store.ts'
import { prepareDataDir } from '../../config.ts'
import { count } from '../../domain/count.ts'
import { entryPoints } from '../../domain/runs/entry-points.ts'
import type { ChosenLimits } from '../../domain/runs/program-limits.ts'
import type { SandboxChoice } from '../../domain/runs/sandbox-choice.ts'
import { defaultControls } from '../../domain/runs/specification.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { parseFunctionName } from '../../operations/parse-values.ts'
import { checkName, maxItems, readControls, readLimitFlags, runFlagRules } from '../../operations/run-flags.ts'
import { prepareVerification } from '../../runs/verifying/prepare-verification.ts'
import type { ProgramsToVerify } from '../../runs/verifying/programs-to-verify.ts'
import { readProgramsOfFile } from '../../runs/verifying/read-programs-of-file.ts'
import { readProgramsOfRun } from '../../runs/verifying/read-programs-of-run.ts'
import { createContext, type CliContext } from '../context.ts'
import { exitCodes, worstExitCode, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { addLimitFlags, createOption, createSandboxOption } from '../runs/add-run-flags.ts'
import { findRun } from '../runs/find-run.ts'
import { runToEnd, type RunToEndFlags } from '../runs/run-to-end.ts'
import { endWith } from '../terminal/end-with.ts'
import { checkOutput } from '../write-output.ts'

interface VerifyFlags extends RunToEndFlags, ChosenLimits {
  readonly output?: string
  readonly function?: string
  readonly sandbox: SandboxChoice
  readonly name?: string
}

export function createVerifyCommand(): Command {
  return addLimitFlags(new Command('verify'))
    .argument('<file|run>', 'a results file, from Arcloom or the Python original, or a run')
    .description('rerun the programs of a results file or a run on train and test pairs')
    .option('--output <path>', 'write the results to this file, which must not exist (default: in data/verification/)')
    .option('--function <name>', `the function to call (default: ${entryPoints.join(', ')})`, parseFunctionName)
    .addOption(createOption(runFlagRules.maxConcurrentTasks))
    .addOption(createOption(runFlagRules.saveInterval))
    .addOption(createSandboxOption())
    .option(
      '--name <run>',
      "the verification's id; an existing id attaches to that verification if it verifies the same programs",
    )
    .option('--detach', 'start it and exit; `arcloom watch` follows it')
    .addOption(createJsonFlag())
    .action((source: string, flags: VerifyFlags) => endWith(verify(source, flags)))
}

async function verify(source: string, flags: VerifyFlags): Promise<ExitCode> {
  const context = createContext()
  if (flags.name !== undefined) checkName(flags.name)
  const output = flags.output === undefined ? null : checkOutput(flags.output)
  const programs = await readPrograms(context, source)
  checkPrograms(programs)
  for (const fault of programs.faults) context.note(`left out: ${showFault(fault)}`)
  if (programs.withoutProgram > 0)
    context.note(`left out: ${count(programs.withoutProgram, 'sample')} without a program`)
  prepareDataDir(context.config)
  const run = prepareVerification(
    {
      programsToVerify: programs,
      entryPoints: flags.function === undefined ? entryPoints : [flags.function],
      controls: { ...defaultControls, ...readControls(flags) },
      sandbox: flags.sandbox,
      limits: readLimitFlags(flags),
      output,
      name: flags.name,
      versions: await readVersions(context.config.projectRoot),
    },
    new Date(),
  )
  const exitCode = await runToEnd(context, [run], flags)
  // The good entries are verified; the bad ones must not go unnoticed.
  return programs.faults.length > 0 ? worstExitCode([exitCode, exitCodes.usage]) : exitCode
}

/** A file takes precedence over a run of the same name. */
async function readPrograms({ store }: CliContext, source: string): Promise<ProgramsToVerify> {
  if (existsSync(source) || !isRunId(source)) return readProgramsOfFile(resolve(source))
  try {
    return await readProgramsOfRun(await findRun(store, source))
  } catch (error) {
    if (!(error instanceof RunNotFound)) throw error
    throw new UsageError(`"${source}" is not a file. ${error.message}`)
  }
}

function checkPrograms({ origin: source, items, faults, withoutProgram }: ProgramsToVerify): void {
  const origin = showFile(source)
  if (items.length > maxItems) {
    throw new UsageError(
      `${origin} has programs for ${count(items.length, 'task')}; one run takes at most ${maxItems}.`,
    )
  }
  if (items.length > 0) return
  const [first] = faults
  if (first === undefined) {
    const found = withoutProgram > 0 ? `${count(withoutProgram, 'sample')}, none with a program` : 'no entry'
    throw new UsageError(`${origin}: nothing to verify; it has ${found}.`)
  }
  const more = faults.length > 1 ? `\n… and ${count(faults.length - 1, 'more fault')}` : ''
  throw new UsageError(`Nothing to verify.\n${showFault(first)}${more}`)
}
