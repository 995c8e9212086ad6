import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants, platform } from 'node:os'
import { z } from 'zod'

/**
 * Identifies one process for good: the system reuses process ids, and a file that held only the id could later call a stranger
 * its worker, or kill it.
 */
export interface ProcessIdentity {
  readonly pid: number
  /** As the system reports it, compared only for equality: clock ticks since boot on Linux, a date elsewhere. */
  readonly startTime: string
}

/** For files in which a process named itself. */
export const processIdentitySchema = z.object({ pid: z.int(), startTime: z.string() })

/**
 * @returns undefined when no process has this id, when it has been killed and is about to end, or when it has ended and its
 * parent has not reaped it yet.
 */
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

let ownIdentity: ProcessIdentity | undefined

export function readOwnIdentity(): ProcessIdentity {
  ownIdentity ??= readProcessIdentity(process.pid)
  if (!ownIdentity) throw new Error(`The system does not report the start time of this process (${process.pid}).`)
  return ownIdentity
}

/** Short, fit for a file name, and as unique as the identity. */
export function renderProcessIdentity({ pid, startTime }: ProcessIdentity): string {
  return `${pid}-${startTime.replaceAll(/[^0-9A-Za-z]+/g, '_')}`
}

/** Whether a process still runs. @param rendered its identity, as `renderProcessIdentity` writes it */
export function isAliveAs(rendered: string): boolean {
  const identity = readProcessIdentity(Number(/^\d+(?=-)/.exec(rendered)?.[0] ?? NaN))
  return identity !== undefined && renderProcessIdentity(identity) === rendered
}

/**
 * Field 22 of /proc/<pid>/stat (proc_pid_stat(5)). The second field is the command in parentheses, which may contain spaces and
 * parentheses itself, so fields are counted from the last closing one: state is the first after it.
 */
function readLinuxStartTime(pid: number): string | undefined {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  } catch {
    return undefined
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const isExiting = (Number(fields[9 - 3]) & exitingFlag) !== 0
  return hasEnded(fields[0]) || isExiting || isKilled(pid) ? undefined : fields[22 - 3]
}

/** PF_EXITING in include/linux/sched.h. */
const exitingFlag = 0x4
const sigkillBit = 1n << BigInt(constants.signals.SIGKILL - 1)

/**
 * Whether SIGKILL was sent: it stays pending for the whole process until that is gone, which on a busy machine takes a while. A
 * command typed right after `kill -9` must not rely on such a process.
 */
function isKilled(pid: number): boolean {
  try {
    const [, pending = '0'] = /^ShdPnd:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? []
    return (BigInt(`0x${pending}`) & sigkillBit) !== 0n
  } catch {
    return true
  }
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

/** Zombies, processes being reaped and (`E`, macOS) about to end: their id is still taken, but they no longer run. */
function hasEnded(state: string | undefined): boolean {
  return /^[ZX]|E/i.test(state ?? '')
}
