import { isAlive, readProcessIdentity, type ProcessIdentity } from '../../adapters/process-identity.ts'

/** Asks a process to end. Only the process, not its group: it ends its own children once it no longer needs them. */
export function askToEnd(identity: ProcessIdentity): void {
  if (isAlive(identity)) sendSignal(identity.pid, 'SIGTERM')
}

/**
 * Kills a process and everything in its process group, even if the process itself is gone. A group number is not reused
 * while any member lives, so no unrelated process is hit.
 */
export function killGroup(identity: ProcessIdentity): void {
  const now = readProcessIdentity(identity.pid)
  if (!now || now.startTime === identity.startTime) sendSignal(-identity.pid, 'SIGKILL')
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // Gone already.
  }
}
