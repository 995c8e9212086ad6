#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startFakeProvider } from '../../test/support/fake-provider.ts'
import { openScriptStack } from '../../test/support/script-stack.ts'
import { answers } from '../../test/support/test-bench.ts'
import { writeTasks } from '../../test/support/write-tasks.ts'

/*
 * Many calls of a minute in flight on busy cores: none may be taken for dead. Every core is kept busy by another process; the
 * load of server and worker is measured while there are only heartbeats. Exits with 1 if a call was repeated.
 */

const { values } = parseArgs({
  options: { calls: { type: 'string', default: '100,400' }, 'latency-ms': { type: 'string', default: '60000' } },
})
const latencyMs = Number(values['latency-ms'])

/** CPU seconds that a process has used (proc_pid_stat(5), fields 14 and 15, at 100 ticks a second). */
function readCpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

async function measure(calls: number): Promise<boolean> {
  const stack = await openScriptStack()
  const provider = await startFakeProvider({ reply: () => ({ text: answers.flip }), latencyMs })
  const busy = Array.from({ length: availableParallelism() }, () => spawn(process.execPath, ['-e', 'for (;;);']))
  const stopBusy = () => busy.forEach((loop) => loop.kill('SIGKILL'))
  process.once('exit', stopBusy)
  try {
    const dataset = await writeTasks(join(stack.dataDir, 'tasks'), calls)
    await stack.arcloom('up')
    const place = ['--model', 'local/fake', '--base-url', provider.url, '--dataset', dataset, '--name', 'long-calls']
    const run = stack.arcloom('benchmark', 'code', ...place, '--max-concurrent-tasks', String(calls))
    await provider.waitUntil((requests) => requests.length >= calls)
    const parts = { server: stack.identify('server').pid, worker: stack.identify('worker').pid }
    const before = { server: readCpuSeconds(parts.server), worker: readCpuSeconds(parts.worker) }
    const quietSeconds = Math.max(1, latencyMs / 1000 / 3)
    await sleep(quietSeconds * 1000)
    const share = (part: 'server' | 'worker') => (100 * (readCpuSeconds(parts[part]) - before[part])) / quietSeconds
    const load = `server ${share('server').toFixed(0)} %, worker ${share('worker').toFixed(0)} % of a core`
    await run
    const { state, requests, samples } = await stack.status('long-calls')
    const ok = state === 'complete' && requests.sent === calls && samples.repaid === 0 && requests.failed === 0
    console.log(
      `${calls} calls of ${latencyMs / 1000} s: ${load}; ${requests.sent} sent, ${samples.repaid} repaid: ${ok ? 'ok' : 'FAILED'}`,
    )
    return ok
  } finally {
    stopBusy()
    await stack.close()
    await provider.close()
  }
}

let ok = true
for (const calls of values.calls.split(',').map(Number)) ok = (await measure(calls)) && ok
process.exit(ok ? 0 : 1)
