import { existsSync } from 'node:fs'
import { hashCode } from '../adapters/hash-code.ts'
import { renderProcessIdentity } from '../adapters/process-identity.ts'
import { describeWorker, listWorkersOfOtherCode } from '../adapters/worker-notes.ts'
import type { Config } from '../config.ts'
import { openRunStore } from '../runs/open-run-store.ts'
import { StackFailed } from './stack-failed.ts'
import { hasKey } from './state/key-marks.ts'
import { listLivingLeases, type Lease } from './state/leases.ts'
import { listStackFiles } from './state/stack-files.ts'
import type { StackStatus } from './state/stack-status.ts'
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
  const names = variables.join(' and ')
  if (await isUsed(config, lease))
    throw new StackFailed(
      `The worker was started without the ${names} that is set here, and runs or other commands are using it.`,
      `wait for them or run \`arcloom down\`, then try again; ${names} in .env is there for every worker`,
    )
  options.onProgress(`worker: was started without the ${names} that is set here, and is started again with it`)
  await stopStack(config, { ...options, now: false })
  return { keep }
}

/** Whether the worker was started from other code than this command's: Arcloom was updated since. */
export function isOldWorker({ parts: { worker } }: StackStatus): boolean {
  return worker !== undefined && worker.state !== 'external' && worker.code !== hashCode()
}

/**
 * @throws {StackFailed} where a worker that is not the stack's own, started by hand or on another machine, is of other code: it would
 * take some of a run's work, and fail it
 */
export function refuseWorkersOfOtherCode(config: Config, { parts }: StackStatus): void {
  const own = parts.worker?.identity
  const others = listWorkersOfOtherCode(listStackFiles(config).ready, hashCode())
    .filter(({ identity }) => !own || renderProcessIdentity(identity) !== renderProcessIdentity(own))
    .map(describeWorker)
  if (others.length === 0) return
  throw new StackFailed(
    `A worker of another version of Arcloom than this command serves this data folder (${others.join(', ')}), and would fail what this version begins.`,
    'end it with Ctrl-C, which lets its requests finish, bring its machine to this version, and start it again: npx arcloom worker',
  )
}

/**
 * Ends a stack whose worker is of other code, so that the command with this lease can start it from its own. Calls in flight are
 * let finish; open runs wait for the next worker.
 *
 * @param evenWhenUsed by other commands or open runs, which whoever calls brings on again
 * @returns whether it is to be kept up again until `down`
 * @throws {StackFailed} when others need the stack now, unless `evenWhenUsed`
 */
export async function endForCode(
  config: Config,
  lease: Lease,
  { evenWhenUsed, ...options }: Omit<StopStackOptions, 'now'> & { readonly evenWhenUsed: boolean },
): Promise<{ readonly keep: boolean }> {
  const keep = existsSync(listStackFiles(config).keep)
  if (!evenWhenUsed && (await isUsed(config, lease)))
    throw new StackFailed(
      'Arcloom was updated since the worker was started, and runs or other commands are using it: a run of this version could not go on there.',
      'npx arcloom up, which starts the worker again from this version; open runs go on from their records',
    )
  options.onProgress('worker: was started from another version of Arcloom, and is started again from this one')
  await stopStack(config, { ...options, now: false })
  return { keep }
}

async function isUsed(config: Config, lease: Lease): Promise<boolean> {
  const others = listLivingLeases(listStackFiles(config)).filter((name) => name !== lease.name)
  return others.length > 0 || (await openRunStore(config, lease.name).listOpenRuns()).length > 0
}
