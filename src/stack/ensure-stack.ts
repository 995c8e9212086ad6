import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from '../adapters/process-identity.ts'
import { prepareDataDir, type Config } from '../config.ts'
import { listParts, partNames, partTitles, type PartName } from './parts/part.ts'
import { endForCode, endForKeys, findUnknownKeys, isOldWorker, refuseWorkersOfOtherCode } from './renew-worker.ts'
import { StackFailed } from './stack-failed.ts'
import { createSupervisorStarter, supervisorProgram } from './start-supervisor.ts'
import { takeLease, type Lease } from './state/leases.ts'
import { readLivingStatus } from './state/read-stack-status.ts'
import { reportChanges } from './state/report-changes.ts'
import { listStackFiles, writeStackFile } from './state/stack-files.ts'
import { isServing, type PartStatus, type StackStatus } from './state/stack-status.ts'

export interface Stack {
  readonly temporalAddress: string
  readonly namespace: string
  /** Unknown for an external server. */
  readonly uiAddress: string | undefined
  /** OpenAI-compatible, including the version: `http://127.0.0.1:8322/v1`. */
  readonly baselineUrl: string
  readonly pageUrl: string
  /** Whether the server's database was damaged and replaced by a new one, which knows no earlier run. */
  readonly isServerEmpty: boolean
  /** Declares that this process no longer needs the stack. */
  readonly release: () => Promise<void>
}

export interface EnsureStackOptions {
  /** Leave it up until `down`. */
  readonly keep: boolean
  readonly onProgress: (line: string) => void
  /** The variables of the keys that the worker must have for this command. */
  readonly keys?: readonly string[]
  /** The parts that this command requires; it neither waits for the others nor fails with them. All by default. */
  readonly needs?: readonly PartName[]
  /**
   * What to do with a worker of another version than this command: leave it; restart it if nobody uses it, and refuse
   * otherwise; or restart it in any case and reopen its runs.
   */
  readonly oldWorker?: 'leave' | 'renew-unused' | 'renew'
  readonly program?: string
  readonly timeoutMs?: number
}

const pollMs = 20

/**
 * Starts the stack, or joins the running one, and holds it until released.
 *
 * @throws {ConfigInvalid} if the data folder is not writable
 * @throws {StackFailed} with the reason, if a part cannot be started
 */
export async function ensureStack(
  config: Config,
  {
    keep,
    onProgress,
    keys = [],
    needs = partNames,
    oldWorker = 'leave',
    program = supervisorProgram,
    timeoutMs = 120_000,
  }: EnsureStackOptions,
): Promise<Stack> {
  prepareDataDir(config)
  const files = listStackFiles(config)
  const lease = takeLease(files)
  try {
    let status = await waitUntilServing()
    let keepsOn = keep
    if (oldWorker !== 'leave' && isOldWorker(status)) {
      const evenWhenUsed = oldWorker === 'renew'
      const before = await endForCode(config, lease, { evenWhenUsed, onProgress, program })
      keepsOn ||= before.keep
      status = await waitUntilServing()
    }
    if (oldWorker === 'renew-unused') refuseWorkersOfOtherCode(config, status)
    const variables = findUnknownKeys(config, status, keys)
    if (variables.length > 0) {
      const before = await endForKeys(config, lease, { variables, onProgress, program })
      keepsOn ||= before.keep
      status = await waitUntilServing()
    }
    if (keepsOn) writeStackFile(files.keep, { since: new Date().toISOString() })
    return describeStack(status, lease)
  } catch (error) {
    lease.release()
    throw error
  }

  async function waitUntilServing(): Promise<StackStatus> {
    const starter = createSupervisorStarter(config, program)
    const report = reportChanges(onProgress)
    const isNeeded = ([name]: [PartName, PartStatus]) => needs.includes(name)
    const deadline = Date.now() + timeoutMs
    let waited = false
    for (;;) {
      const status = readLivingStatus(files)
      if (!status) starter.startWhenMissing()
      const parts = listParts(status?.parts ?? {}).filter(isNeeded)
      const serves = parts.length > 0 && parts.every(([, part]) => isServing(part) && !isDying(part))
      // A command that did not have to wait prints nothing.
      if (status && (waited || !serves)) report(status)
      waited = true
      if (status && !status.ending) {
        if (serves) return status
        // Attempts from before this command are being repeated.
        const failed = parts.find(([, part]) => part.state === 'failed' && part.triedAt >= lease.takenAt)
        if (failed) throw explainFailure(...failed)
      }
      if (Date.now() > deadline) throw explainDelay(status, timeoutMs)
      await sleep(pollMs)
    }
  }
}

/** A stack that is up, held by a lease. */
export function describeStack({ addresses, parts }: StackStatus, lease: Lease): Stack {
  return {
    temporalAddress: addresses.temporal,
    namespace: addresses.namespace,
    uiAddress: addresses.temporalUi,
    baselineUrl: addresses.baseline,
    pageUrl: addresses.page,
    isServerEmpty: parts.server?.isEmpty ?? false,
    release: async () => lease.release(),
  }
}

function explainFailure(name: PartName, { lastError, mend }: PartStatus): StackFailed {
  return new StackFailed(`The ${partTitles[name]} cannot be started: ${lastError ?? 'it did not say why'}`, mend)
}

/** Processes killed a moment ago, which the supervisor has not noticed yet. */
function isDying({ identity }: PartStatus): boolean {
  return identity !== undefined && !isAlive(identity)
}

function explainDelay(status: StackStatus | undefined, timeoutMs: number): StackFailed {
  const waitedFor = status?.ending
    ? 'the stack, which is shutting down,'
    : listParts(status?.parts ?? {})
        .flatMap(([name, part]) => (isServing(part) ? [] : [`the ${partTitles[name]}`]))
        .join(' and ')
  return new StackFailed(
    `${waitedFor || 'the supervisor'} is still not ready after ${timeoutMs / 1000} s.`,
    'read the logs in .state/logs in the data folder',
  )
}
