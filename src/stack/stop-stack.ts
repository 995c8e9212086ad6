import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { tryLock } from '../adapters/files/file-lock.ts'
import { countInFlight } from '../adapters/journal.ts'
import { isAlive, isSameProcess, type ProcessIdentity } from '../adapters/process-identity.ts'
import type { Config } from '../config.ts'
import { createSupervisorStarter, supervisorProgram } from './start-supervisor.ts'
import { requestDown } from './state/down-request.ts'
import { hasLivingParts, readLivingStatus } from './state/read-stack-status.ts'
import { reportEnding } from './state/report-changes.ts'
import { listStackFiles, removeStackFiles, type StackFiles } from './state/stack-files.ts'

export interface StopStackOptions {
  /** Cut off calls in flight instead of waiting for them. */
  readonly now: boolean
  readonly onProgress: (line: string) => void
  readonly program?: string
}

const pollMs = 50

/**
 * Ends the stack and waits until nothing of it is left: as long as its calls in flight take, unless `now`. May be called
 * again with `now` during a call that waits. Open runs stay open and continue when the stack is up again.
 *
 * @returns whether there was anything to end
 */
export async function stopStack(
  config: Config,
  { now, onProgress, program = supervisorProgram }: StopStackOptions,
): Promise<{ readonly wasUp: boolean }> {
  const files = listStackFiles(config)
  if (!existsSync(files.folder)) return { wasUp: false }
  const starter = createSupervisorStarter(config, program)
  const report = reportEnding(onProgress, () => countInFlight(files.journals))
  let requested = false
  let supervisor: ProcessIdentity | undefined
  for (;;) {
    const status = readLivingStatus(files)
    // Not the one that was asked to end: somebody has started the stack again since.
    if (status && supervisor && !isSameProcess(status.identity, supervisor)) return { wasUp: true }
    supervisor ??= status?.identity
    // It removes its files before it exits.
    const supervised = supervisor !== undefined && isAlive(supervisor)
    if (!supervised && !hasLivingParts(files)) break
    if (!requested) requestDown(files, { now })
    requested = true
    // If the supervisor was killed, a new one ends its parts.
    if (!supervised) starter.startWhenMissing()
    if (status?.ending) report(status)
    await sleep(pollMs)
  }
  removeRemains(files)
  return { wasUp: requested }
}

/** Removes what a killed supervisor left, if no other took its place. */
function removeRemains(files: StackFiles): void {
  const lock = tryLock(files.lock)
  if (!lock) return
  removeStackFiles(files)
  lock.release()
}
