import { setTimeout as sleep } from 'node:timers/promises'
import { listLeftRunning } from './list-left-running.ts'

/*
 * For `scripts/test`: prints the processes that a test run left, as `pid command` separated by commas, and kills them. They
 * first get some seconds to end by themselves. Arguments: the process group, `NAME=value` of the run, and the seconds.
 */

const [group, mark = '', seconds] = process.argv.slice(2)
const list = () => listLeftRunning(Number(group), mark)
const deadlineMs = performance.now() + 1000 * Number(seconds)
while (list().length > 0 && performance.now() < deadlineMs) await sleep(100)

const remaining = list()
for (const { pid } of remaining) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has just ended.
  }
}
if (remaining.length > 0) console.log(remaining.map(({ pid, command }) => `${pid} ${command.slice(0, 160)}`).join(', '))
