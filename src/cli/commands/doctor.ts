import { Command } from 'commander'
import { ConfigInvalid, readConfig, type Config } from '../../config.ts'
import { judgeNode } from '../doctor/check-node.ts'
import { missing, stopsRuns, type Check } from '../doctor/check.ts'
import { describeConfiguration, type Configuration } from '../doctor/describe-configuration.ts'
import { renderChecks } from '../doctor/render-checks.ts'
import { runChecks } from '../doctor/run-checks.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { endWith } from '../terminal/end-with.ts'
import { terminalColumns } from '../terminal/terminal-columns.ts'

export function createDoctorCommand(): Command {
  return new Command('doctor')
    .description('check this machine and print the command that fixes each problem; starts nothing')
    .addOption(createJsonFlag())
    .action((flags: { json?: boolean }) => endWith(doctor(flags.json)))
}

/** What `--json` prints. */
interface Diagnosis {
  readonly ok: boolean
  readonly checks: readonly Check[]
  /** Absent if the configuration is invalid. */
  readonly configuration?: Configuration
}

async function doctor(json: boolean | undefined): Promise<ExitCode> {
  const { ok, checks, configuration } = await diagnose()
  const text = json
    ? JSON.stringify({ ok, checks, configuration }, null, 2)
    : renderChecks(checks, configuration, terminalColumns())
  process.stdout.write(`${text}\n`)
  return ok ? exitCodes.complete : exitCodes.unreachable
}

async function diagnose(): Promise<Diagnosis> {
  let config: Config
  try {
    config = readConfig()
  } catch (error) {
    if (error instanceof ConfigInvalid) return { ok: false, checks: [judgeNode(process.version), judgeInvalid(error)] }
    throw error
  }
  const checks = await runChecks(config)
  return { ok: !checks.some(stopsRuns), checks, configuration: describeConfiguration(config) }
}

/** Without a configuration, nothing else can be checked. */
function judgeInvalid({ message }: ConfigInvalid): Check {
  const mend = 'change it where it is set, in the environment or in .env; then run npx arcloom doctor'
  return missing({ name: 'configuration', needed: 'valid settings', found: message, mend })
}
