import { parentPort, workerData } from 'node:worker_threads'
import { DamagedRun } from '../../adapters/stores/run-store.ts'
import { messageOf } from '../../domain/message-of.ts'
import { openRunStore } from '../../runs/open-run-store.ts'
import type { CountingReply, CountingRequest, CountingThreadData } from './counting-messages.ts'
import { createRunCounting } from './run-counting.ts'

const { dataDir, code } = workerData as CountingThreadData // As `createCountingThread` passes it.
const store = openRunStore({ dataDir }, `page-${process.pid}-counting`)
const counting = createRunCounting(code)

async function answer({ id, question, runId }: CountingRequest): Promise<CountingReply> {
  try {
    return { id, outcome: 'answered', answer: await counting[question](await store.openRun(runId)) }
  } catch (error) {
    if (!(error instanceof DamagedRun)) return { id, outcome: 'failed', message: messageOf(error) }
    const { file, place, problem } = error
    return { id, outcome: 'damaged', fault: { runId, file, place, problem } }
  }
}

parentPort?.on('message', (request: CountingRequest) => {
  void answer(request).then((reply) => parentPort?.postMessage(reply))
})
