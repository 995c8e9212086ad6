import { Runtime } from '@temporalio/worker'
import { join } from 'node:path'
import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { readOwnIdentity, renderProcessIdentity } from '../adapters/process-identity.ts'
import { SandboxUnavailable } from '../adapters/sandbox/sandbox.ts'
import { outliveFullDisk } from '../adapters/files/outlive-full-disk.ts'
import { writeFileAtomically } from '../adapters/files/write-file-atomically.ts'
import { ConfigInvalid, readConfig } from '../config.ts'
import { queueKinds } from '../domain/runs/task-queues.ts'
import { parseQueues } from './parse-queues.ts'
import { runWorker } from './run-worker.ts'
import { WorkerLogger } from './worker-logger.ts'

/*
 * The worker as a process. SIGTERM and SIGINT let what is in flight finish; a second one ends at once.
 * Exit codes as everywhere: 0 ended in order, 2 a setting cannot be used, 5 something needed is missing.
 */

outliveFullDisk()
try {
  const config = readConfig()
  const named = parseQueues(process.argv.slice(2))
  Runtime.install({ logger: new WorkerLogger('WARN'), shutdownSignals: [] })

  const stop = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(1)
      console.error('ending: calls in flight are let finish')
      stop.abort()
    })
  }

  const ready = join(config.stateDir, 'ready', `worker-${renderProcessIdentity(readOwnIdentity())}.json`)
  process.on('exit', () => rmSync(ready, { force: true }))
  await runWorker({
    config,
    queues: named ?? queueKinds,
    stop: stop.signal,
    sandboxOptional: named === undefined,
    onReady({ queues, sandbox }) {
      console.error(`worker takes ${queues.join(', ')}`)
      void writePatiently(ready, JSON.stringify({ identity: readOwnIdentity(), sandbox }))
    },
    onNote: (line) => console.error(line),
  })
  process.exit(0)
} catch (error) {
  if (error instanceof SandboxUnavailable) console.error(`${error.message} To mend it: ${error.mend}`)
  else if (error instanceof ConfigInvalid) console.error(error.message)
  else console.error(error)
  process.exit(error instanceof ConfigInvalid ? 2 : 5)
}

/** On a full disk the worker takes work, and is called ready as soon as that can be written down. */
async function writePatiently(path: string, text: string): Promise<void> {
  while (
    !(await writeFileAtomically(path, text).then(
      () => true,
      () => false,
    ))
  )
    await sleep(1_000)
}
