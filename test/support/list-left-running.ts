import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export interface LeftProcess {
  readonly pid: number
  readonly command: string
}

/**
 * The living processes that a test run started: those in its process group and, on Linux, those with the run's variable in
 * their environment, because the parts of a stack are in groups of their own.
 *
 * @param group the process group of Jest, whose leader is Jest itself and not listed
 * @param mark as it is in the environment of the run: `NAME=value`
 */
export function listLeftRunning(group: number, mark: string): LeftProcess[] {
  const members = process.platform === 'linux' ? readProc(group, mark) : readPs(group)
  return members.filter(({ pid, command }) => pid !== group && command !== '')
}

function readProc(group: number, mark: string): LeftProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`)
      const [state, , groupOf] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (state === undefined || 'ZX'.includes(state)) return []
      const isMarked = () => read(`/proc/${name}/environ`).split('\0').includes(mark)
      if (Number(groupOf) !== group && !isMarked()) return []
      return [{ pid: Number(name), command: read(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim() }]
    })
}

/** Empty for a process that has just ended, or that belongs to another user. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

function readPs(group: number): LeftProcess[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,pgid=,stat=,args='], { encoding: 'utf8' }).split('\n')
  return lines.flatMap((line) => {
    const [, pid, groupOf, state = 'Z', command = ''] = /^ *(\d+) +(\d+) +(\S+) +(.*)$/.exec(line) ?? []
    return Number(groupOf) === group && !state.startsWith('Z') ? [{ pid: Number(pid), command }] : []
  })
}
