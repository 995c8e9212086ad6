import { Worker } from 'node:worker_threads'
import { DamagedRun, type RunFolder } from '../../adapters/stores/run-store.ts'
import type { ComparedRun } from '../../domain/compare/compared-run.ts'
import type { RunNumbers } from '../../domain/results/run-document.ts'
import type { RunProgress } from '../../runs/read-run-progress.ts'
import type { MatrixDocument } from '../documents.ts'
import type { CountingReply, CountingRequest, CountingThreadData } from './counting-messages.ts'
import type { RunCounting } from './run-counting.ts'

/** Runs counted at once: enough that small runs do not wait for a large one, few enough that the first are done early. */
const maxCounts = 4

type Answer = Extract<CountingReply, { readonly outcome: 'answered' | 'unchanged' }>

interface PendingQuestion {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

/** An answer of the thread, kept until memory is needed. */
interface KnownAnswer {
  readonly version: number
  readonly answer: WeakRef<object>
}

/**
 * Counts runs on another thread, so that the server goes on answering: the intervals of one run can take a second of computing,
 * and the records of another, for its numbers, its matrix or a comparison, thousands of reads. The thread is started by the
 * first question and kept; if it dies, the questions it had fail, and the next one starts another.
 */
export function createCountingThread(data: CountingThreadData): RunCounting & { close(): Promise<void> } {
  const pendingQuestions = new Map<number, PendingQuestion>()
  const waitingCalls: (() => void)[] = []
  let counts = 0
  let lastId = 0
  let thread: Worker | undefined
  let knownAnswers = new WeakMap<RunFolder, Map<CountingRequest['question'], KnownAnswer>>()

  function startThread(): Worker {
    const worker = new Worker(new URL('./counting-thread.ts', import.meta.url), { workerData: data })
    // The server does not live for it.
    worker.unref()
    worker.on('message', (reply: CountingReply) => {
      const question = pendingQuestions.get(reply.id)
      pendingQuestions.delete(reply.id)
      if (reply.outcome === 'answered' || reply.outcome === 'unchanged') question?.resolve(reply)
      else if (reply.outcome === 'failed') question?.reject(new Error(reply.message))
      else question?.reject(new DamagedRun(reply.fault.runId, reply.fault))
    })
    const fail = (error: Error) => {
      if (thread !== worker) return
      thread = undefined
      // The next thread counts its versions anew.
      knownAnswers = new WeakMap()
      const failed = [...pendingQuestions.values()]
      pendingQuestions.clear()
      for (const { reject } of failed) reject(error)
    }
    worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', (code) => fail(new Error(`the thread that counts runs ended with code ${code}`)))
    return worker
  }

  function send(request: Omit<CountingRequest, 'id'>): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    const id = (lastId += 1)
    pendingQuestions.set(id, { resolve, reject })
    thread ??= startThread()
    thread.postMessage({ id, ...request } satisfies CountingRequest)
    return promise
  }

  /** @returns the same object as the last time if nothing has changed */
  async function ask(question: CountingRequest['question'], folder: RunFolder): Promise<object> {
    const answers = knownAnswers.get(folder) ?? new Map<CountingRequest['question'], KnownAnswer>()
    knownAnswers.set(folder, answers)
    const known = answers.get(question)
    const earlier = known?.answer.deref()
    const knownVersion = earlier && known?.version
    const reply = await send({ question, runId: folder.runId, knownVersion })
    if (reply.outcome === 'answered') {
      answers.set(question, { version: reply.version, answer: new WeakRef(reply.answer) })
      return reply.answer
    }
    if (earlier === undefined) throw new Error('the thread that counts runs sent no answer')
    return earlier
  }

  return {
    async countRun(folder) {
      if (counts >= maxCounts) await new Promise<void>((resolve) => waitingCalls.push(resolve))
      else counts += 1
      try {
        return (await ask('countRun', folder)) as RunNumbers // As the thread's own `countRun` returns it.
      } finally {
        // Whoever waits takes over the place.
        const next = waitingCalls.shift()
        if (next) next()
        else counts -= 1
      }
    },
    readProgress: async (folder) => (await ask('readProgress', folder)) as RunProgress, // Likewise.
    readMatrix: async (folder) => (await ask('readMatrix', folder)) as MatrixDocument, // Likewise.
    readCompared: async (folder) => (await ask('readCompared', folder)) as ComparedRun, // Likewise.
    async close() {
      await thread?.terminate()
    },
  }
}
