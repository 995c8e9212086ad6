import { join } from 'node:path'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { createRunStore } from '../../../src/adapters/stores/create-run-store.ts'
import { createFileBlobs } from '../../../src/adapters/stores/file-blobs.ts'
import { readConfig } from '../../../src/config.ts'
import { queueKinds } from '../../../src/domain/runs/task-queues.ts'
import { createDependencies } from '../../../src/workers/create-dependencies.ts'
import { runWorker } from '../../../src/workers/run-worker.ts'
import { leaveOutDisk, leaveOutFsync, leaveOutLines, leaveOutSandbox, type LeftOut, type Part } from './leave-out.ts'

/* A worker that the bench tells between two runs what to leave out: it is one process, so that nothing else differs. */

let leftOut: LeftOut = new Set()
const now = () => leftOut
const stop = new AbortController()
process.on('disconnect', () => {
  stop.abort()
  // If the bench was ended during a run, the server is gone, and calls in flight would be waited for.
  setTimeout(() => process.exit(1), 5_000)
})
process.on('SIGINT', () => undefined) // ended by the bench
process.on('message', (parts: readonly Part[]) => {
  leftOut = new Set(parts)
  process.send?.('done')
})

Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] })
await leaveOutFsync(now)
await runWorker({
  config: readConfig(),
  queues: queueKinds,
  stop: stop.signal,
  onReady: () => void process.send?.('ready'),
  onNote: () => undefined,
  createDependencies(config, workerName) {
    const all = createDependencies(config, workerName)
    const blobs = leaveOutDisk(createFileBlobs(join(config.dataDir, 'runs')), now)
    const sandbox: typeof all.sandbox = async (choice) => leaveOutSandbox(await all.sandbox(choice), now)
    return { ...all, store: leaveOutLines(createRunStore(blobs, workerName), now), sandbox }
  },
})
process.exit(0)
