import { existsSync } from 'node:fs'
import { hashCode } from '../adapters/hash-code.ts'
import { renderProcessIdentity } from '../adapters/process-identity.ts'
import { describeWorker, listWorkersOfOtherCode } from '../adapters/worker-notes.ts'
import type { Config } from '../config.ts'
import { openRunStore } from '../runs/open-run-store.ts'
import { StackFailed } from './stack-failed.ts'
import { hasKey } from './state/key-fingerprints.ts'
import { listLivingLeases, type Lease } from './state/leases.ts'
import { listStackFiles } from './state/stack-files.ts'
import type { StackStatus } from './state/stack-status.ts'
import { stopStack, type StopStackOptions } from './stop-stack.ts'

/** The variables among these whose value here differs from the worker's. */
export function findUnknownKeys(config: Config, { parts }: StackStatus, variables: readonly string[]): string[] {
  return variables.filter((variable) => {
    const value = config.apiKey(variable)
    return value !== undefined && !hasKey(parts.worker?.keys ?? {}, variable, value)
  })
}

/**
 * Ends a stack whose worker lacks keys of the command with this lease, so that the command can restart it with them: a
 * process keeps the environment it was started with, and keys are passed in no other way.
 *
 * @returns whether to keep it up again until `down`
 * @throws {StackFailed} if others need the stack now: a person has to end theirs
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
      `The worker was started without the ${names} set here, and runs or other commands are using it.`,
      `wait for them or run npx arcloom down, then try again; put ${names} into .env to set it for every worker`,
    )
  options.onProgress(`worker: was started without the ${names} set here; restarting it`)
  await stopStack(config, { ...options, now: false })
  return { keep }
}

/** Whether the worker runs other code than this command, because Arcloom was updated since. */
export function isOldWorker({ parts: { worker } }: StackStatus): boolean {
  return worker !== undefined && worker.state !== 'external' && worker.code !== hashCode()
}

/**
 * @throws {StackFailed} if a worker outside this stack, started by hand or on another machine, runs other code: it would
 * take some of a run's work and fail it
 */
export function refuseWorkersOfOtherCode(config: Config, { parts }: StackStatus): void {
  const own = parts.worker?.identity
  const others = listWorkersOfOtherCode(listStackFiles(config).ready, hashCode())
    .filter(({ identity }) => !own || renderProcessIdentity(identity) !== renderProcessIdentity(own))
    .map(describeWorker)
  if (others.length === 0) return
  throw new StackFailed(
    `A worker of another Arcloom version serves this data folder (${others.join(', ')}) and would fail runs started by this version.`,
    'stop it with Ctrl-C, which lets its requests finish, update its machine to this version, and start it again: npx arcloom worker',
  )
}

/**
 * Ends a stack whose worker runs other code, so that the command with this lease can restart it. Waits for calls in flight;
 * open runs wait for the next worker.
 *
 * @param evenWhenUsed also if other commands or open runs use it; the caller then reopens those runs
 * @returns whether to keep it up again until `down`
 * @throws {StackFailed} if others need the stack now, unless `evenWhenUsed`
 */
export async function endForCode(
  config: Config,
  lease: Lease,
  { evenWhenUsed, ...options }: Omit<StopStackOptions, 'now'> & { readonly evenWhenUsed: boolean },
): Promise<{ readonly keep: boolean }> {
  const keep = existsSync(listStackFiles(config).keep)
  if (!evenWhenUsed && (await isUsed(config, lease)))
    throw new StackFailed(
      'Arcloom was updated after the worker was started, and runs or other commands are using the old worker, which cannot work on runs of this version.',
      'npx arcloom up   # restarts the worker with this version; open runs continue from their records',
    )
  options.onProgress('worker: runs another version of Arcloom; restarting it')
  await stopStack(config, { ...options, now: false })
  return { keep }
}

async function isUsed(config: Config, lease: Lease): Promise<boolean> {
  const others = listLivingLeases(listStackFiles(config)).filter((name) => name !== lease.name)
  return others.length > 0 || (await openRunStore(config, lease.name).listOpenRuns()).length > 0
}
