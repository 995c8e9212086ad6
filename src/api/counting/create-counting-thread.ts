import { Worker } from 'node:worker_threads'
import { DamagedRun } from '../../adapters/stores/run-store.ts'
import type { ComparedRun } from '../../domain/compare/compared-run.ts'
import type { RunNumbers } from '../../domain/results/run-document.ts'
import type { RunProgress } from '../../runs/read-run-progress.ts'
import type { MatrixDocument } from '../documents.ts'
import type { CountingReply, CountingRequest, CountingThreadData } from './counting-messages.ts'
import type { RunCounting } from './run-counting.ts'

/** Runs counted at once: enough that small runs do not wait for a large one, few enough that the first are done early. */
const maxCounts = 4

interface PendingQuestion {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * Counts runs on another thread, so that the server goes on answering: the intervals of one run can take a second of computing,
 * and the records of another, for its numbers, its matrix or a comparison, thousands of reads. The thread is started by the first question and kept; if it dies, the
 * questions it had fail, and the next one starts another.
 */
export function createCountingThread(data: CountingThreadData): RunCounting & { close(): Promise<void> } {
  const pendingQuestions = new Map<number, PendingQuestion>()
  const waitingCalls: (() => void)[] = []
  let counts = 0
  let lastId = 0
  let thread: Worker | undefined

  function startThread(): Worker {
    const worker = new Worker(new URL('./counting-thread.ts', import.meta.url), { workerData: data })
    // The server does not live for it.
    worker.unref()
    worker.on('message', (reply: CountingReply) => {
      const question = pendingQuestions.get(reply.id)
      pendingQuestions.delete(reply.id)
      if (reply.outcome === 'answered') question?.resolve(reply.answer)
      else if (reply.outcome === 'failed') question?.reject(new Error(reply.message))
      else question?.reject(new DamagedRun(reply.fault.runId, reply.fault))
    })
    const fail = (error: Error) => {
      if (thread !== worker) return
      thread = undefined
      const failed = [...pendingQuestions.values()]
      pendingQuestions.clear()
      for (const { reject } of failed) reject(error)
    }
    worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', (code) => fail(new Error(`the thread that counts runs ended with code ${code}`)))
    return worker
  }

  function ask(question: CountingRequest['question'], runId: string): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const request: CountingRequest = { id: (lastId += 1), question, runId }
    pendingQuestions.set(request.id, { resolve, reject })
    thread ??= startThread()
    thread.postMessage(request)
    return promise
  }

  return {
    async countRun({ runId }) {
      if (counts >= maxCounts) await new Promise<void>((resolve) => waitingCalls.push(resolve))
      else counts += 1
      try {
        return (await ask('countRun', runId)) as RunNumbers // As the thread's own `countRun` returns it.
      } finally {
        // Whoever waits takes over the place.
        const next = waitingCalls.shift()
        if (next) next()
        else counts -= 1
      }
    },
    readProgress: async ({ runId }) => (await ask('readProgress', runId)) as RunProgress, // Likewise.
    readMatrix: async ({ runId }) => (await ask('readMatrix', runId)) as MatrixDocument, // Likewise.
    readCompared: async ({ runId }) => (await ask('readCompared', runId)) as ComparedRun, // Likewise.
    async close() {
      await thread?.terminate()
    },
  }
}
