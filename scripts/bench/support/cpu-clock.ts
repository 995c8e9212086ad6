import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { listDescendants } from '../../../test/support/list-descendants.ts'

/* CPU time and memory as Linux reports them: proc_pid_stat(5), proc_stat(5), proc_pid_status(5). */

const msPerTick = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** CPU time of a process and of those of its children that have ended. */
export function readCpuMs(pid: number): number {
  const fields = readStat(pid)
  return fields === undefined ? 0 : (fields.own + fields.children) * msPerTick
}

/** CPU time of everything below a process. */
export function readCpuMsBelow(pid: number): number {
  return listDescendants(pid).reduce((sum, child) => sum + readCpuMs(child.pid), 0)
}

/** CPU time of this process's children that have ended. */
export function readCpuMsOfEnded(): number {
  return (readStat(process.pid)?.children ?? 0) * msPerTick
}

/** CPU time of all processors of the machine. */
export function readMachineMs(): number {
  const [line = ''] = readFileSync('/proc/stat', 'latin1').split('\n')
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0] = line.trim().split(/\s+/).slice(1).map(Number)
  return (user + nice + system + irq + softIrq) * msPerTick
}

/** Peak resident memory since the last `forgetPeak`. */
export function readPeakBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024
}

/** If the kernel does not allow it, the peak is the one since the process began. */
export function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
  } catch {
    return
  }
}

function readStat(pid: number): { readonly own: number; readonly children: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15)
    return { own: user + system, children: childUser + childSystem }
  } catch {
    return undefined
  }
}
