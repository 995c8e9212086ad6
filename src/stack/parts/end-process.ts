import { isAlive, readProcessIdentity, type ProcessIdentity } from '../../adapters/process-identity.ts'

/** Asks a process to end. Only the process, not its group: what it started it ends itself, when it has no more use for it. */
export function askToEnd(identity: ProcessIdentity): void {
  if (isAlive(identity)) sendSignal(identity.pid, 'SIGTERM')
}

/**
 * Kills a process and whatever it started in its process group, also when it is gone itself. A group whose leader is gone
 * keeps its number from being given to anybody else for as long as one of its members lives, so no stranger is hit.
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
