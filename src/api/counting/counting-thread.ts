import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { DamagedRun } from '../../adapters/stores/run-store.ts'
import { messageOf } from '../../domain/message-of.ts'
import { openRunStore } from '../../runs/open-run-store.ts'
import { createGateReader } from '../../runs/read-gate.ts'
import type { CountingReply, CountingRequest, CountingThreadData } from './counting-messages.ts'
import { createRunCounting } from './run-counting.ts'

const { dataDir, code } = workerData as CountingThreadData // As `createCountingThread` passes it.
const store = openRunStore({ dataDir }, `page-${process.pid}-counting`)
const counting = createRunCounting(code, createGateReader({ stateDir: join(dataDir, '.state') }))

const versions = new WeakMap<object, number>()
let lastVersion = 0

/** The same object has the same version. */
function versionOf(answer: object): number {
  const version = versions.get(answer) ?? (lastVersion += 1)
  versions.set(answer, version)
  return version
}

async function answer({ id, question, runId, knownVersion }: CountingRequest): Promise<CountingReply> {
  try {
    const value = await counting[question](await store.openRun(runId))
    const version = versionOf(value)
    return version === knownVersion ? { id, outcome: 'unchanged' } : { id, outcome: 'answered', answer: value, version }
  } catch (error) {
    if (!(error instanceof DamagedRun)) return { id, outcome: 'failed', message: messageOf(error) }
    const { file, place, problem } = error
    return { id, outcome: 'damaged', fault: { runId, file, place, problem } }
  }
}

parentPort?.on('message', (request: CountingRequest) => {
  void answer(request).then((reply) => parentPort?.postMessage(reply))
})
