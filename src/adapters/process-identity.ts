import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { platform } from 'node:os'

/**
 * Names one process for good: a process id alone is given to another process sooner or later, and a file that holds
 * only the id would then call a stranger its worker, or kill it.
 */
export interface ProcessIdentity {
  readonly pid: number
  /** As the system tells it, compared only for equality: clock ticks since boot on Linux, a date elsewhere. */
  readonly startTime: string
}

/** @returns undefined when no process has this id, or when it has ended and only waits for its parent to notice. */
export function readProcessIdentity(pid: number): ProcessIdentity | undefined {
  const startTime = platform() === 'linux' ? readLinuxStartTime(pid) : readStartTimeOfPs(pid)
  return startTime === undefined ? undefined : { pid, startTime }
}

export function isAlive(identity: ProcessIdentity): boolean {
  return readProcessIdentity(identity.pid)?.startTime === identity.startTime
}

export function isSameProcess(a: ProcessIdentity, b: ProcessIdentity): boolean {
  return a.pid === b.pid && a.startTime === b.startTime
}

let own: ProcessIdentity | undefined

export function readOwnIdentity(): ProcessIdentity {
  own ??= readProcessIdentity(process.pid)
  if (!own) throw new Error(`The system does not tell the start time of this process (${process.pid}).`)
  return own
}

/** Short, fit for a file name, and as unique as the identity. */
export function renderProcessIdentity({ pid, startTime }: ProcessIdentity): string {
  return `${pid}-${startTime.replaceAll(/[^0-9A-Za-z]+/g, '_')}`
}

/**
 * Field 22 of /proc/<pid>/stat (proc_pid_stat(5)). The second field is the command in parentheses, which may hold spaces and
 * parentheses itself, so the fields are counted from the last one that closes: state is the first after it.
 */
function readLinuxStartTime(pid: number): string | undefined {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  } catch {
    return undefined
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return hasEnded(fields[0]) ? undefined : fields[22 - 3]
}

function readStartTimeOfPs(pid: number): string | undefined {
  try {
    const line = execFileSync('/bin/ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [state, ...startTime] = line.trim().split(/\s+/)
    return hasEnded(state) || startTime.length === 0 ? undefined : startTime.join(' ')
  } catch {
    return undefined
  }
}

/** Zombies and processes being buried: their id is still taken, but they run no more. */
function hasEnded(state: string | undefined): boolean {
  return /^[ZX]/i.test(state ?? '')
}
