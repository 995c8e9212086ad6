import { existsSync } from 'node:fs'
import type { Config } from '../config.ts'
import { hasKey } from './key-marks.ts'
import { listLivingLeases, type Lease } from './leases.ts'
import { listOpenRuns } from './open-runs.ts'
import { StackFailed } from './stack-failed.ts'
import { listStackFiles } from './stack-files.ts'
import type { StackStatus } from './stack-status.ts'
import { stopStack, type StopStackOptions } from './stop-stack.ts'

/** The variables of these whose value here is not the one that the worker has. */
export function findUnknownKeys(config: Config, { parts }: StackStatus, variables: readonly string[]): string[] {
  return variables.filter((variable) => {
    const value = config.apiKey(variable)
    return value !== undefined && !hasKey(parts.worker?.keys ?? {}, variable, value)
  })
}

/**
 * Ends a stack whose worker lacks keys that the command with this lease has, so that the command can start it with them: a
 * process keeps the environment that it was started in, and keys are passed in no other way.
 *
 * @returns whether it is to be kept up again until `down`
 * @throws {StackFailed} when others need the stack now: theirs is to be ended by a person.
 */
export async function endForKeys(
  config: Config,
  lease: Lease,
  { variables, ...options }: Omit<StopStackOptions, 'now'> & { readonly variables: readonly string[] },
): Promise<{ readonly keep: boolean }> {
  const files = listStackFiles(config)
  const keep = existsSync(files.keep)
  const isUsed = listLivingLeases(files).some((name) => name !== lease.name) || listOpenRuns(config.dataDir).length > 0
  const names = variables.join(' and ')
  if (isUsed)
    throw new StackFailed(
      `The worker was started without the ${names} that is set here, and runs or other commands are using it.`,
      `wait for them or run \`arcloom down\`, then try again; ${names} in .env is there for every worker`,
    )
  options.onProgress(`worker: was started without the ${names} that is set here, and is started again with it`)
  await stopStack(config, { ...options, now: false })
  return { keep }
}
