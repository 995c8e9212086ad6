import { rmSync, utimes } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { outliveFullDisk } from '../adapters/files/outlive-full-disk.ts'
import { writeFileAtomically } from '../adapters/files/write-file-atomically.ts'
import { hashCode } from '../adapters/hash-code.ts'
import { readOwnIdentity } from '../adapters/process-identity.ts'
import { SandboxUnavailable } from '../adapters/sandbox/sandbox.ts'
import { openLoadNotes } from '../adapters/worker-loads.ts'
import { locateNote, touchEveryMs, type WorkerNote } from '../adapters/worker-notes.ts'
import { ConfigInvalid, readConfig } from '../config.ts'
import { queueKinds } from '../domain/runs/task-queues.ts'
import { installRuntime } from './load/install-runtime.ts'
import { parseQueues } from './parse-queues.ts'
import { OtherCodeServes, refuseBesideOtherCode } from './refuse-beside-other-code.ts'
import { runWorker } from './run-worker.ts'

/*
 * The worker's process. A first SIGTERM or SIGINT waits for calls in flight; a second one ends at once.
 * Exit codes as everywhere: 0 ended normally, 2 invalid setting, 5 something required is missing.
 */

outliveFullDisk()
try {
  const config = readConfig()
  const named = parseQueues(process.argv.slice(2))
  installRuntime(config.metricsPort, (line) => console.error(line))

  const stop = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(1)
      console.error('ending: waiting for calls in flight')
      stop.abort()
    })
  }

  const code = hashCode()
  const notes = join(config.stateDir, 'ready')
  refuseBesideOtherCode(notes, code)
  const ready = locateNote(notes)
  const load = openLoadNotes(notes)
  process.on('exit', () => {
    rmSync(ready, { force: true })
    rmSync(load.path, { force: true })
  })
  await runWorker({
    config,
    queues: named ?? queueKinds,
    stop: stop.signal,
    sandboxOptional: named === undefined,
    onReady({ queues, sandbox }) {
      console.error(`worker takes ${queues.join(', ')}`)
      const note: WorkerNote = { identity: readOwnIdentity(), host: hostname(), code, sandbox }
      void writePatiently(ready, JSON.stringify(note))
      setInterval(() => touch(ready), touchEveryMs).unref()
    },
    onNote: (line) => console.error(line),
    // On a full disk there is none.
    onLoad: (measured) => void load.write(measured).catch(() => undefined),
  })
  process.exit(0)
} catch (error) {
  if (error instanceof SandboxUnavailable) console.error(`${error.message} To fix it: ${error.mend}`)
  else if (error instanceof ConfigInvalid || error instanceof OtherCodeServes) console.error(error.message)
  else console.error(error)
  process.exit(error instanceof ConfigInvalid ? 2 : 5)
}

function touch(path: string): void {
  const now = new Date()
  // It may be missing: the disk is full, or somebody removed it.
  utimes(path, now, now, () => undefined)
}

/** On a full disk the worker accepts work, and is reported as ready as soon as that can be written. */
async function writePatiently(path: string, text: string): Promise<void> {
  while (
    !(await writeFileAtomically(path, text).then(
      () => true,
      () => false,
    ))
  )
    await sleep(1_000)
}
