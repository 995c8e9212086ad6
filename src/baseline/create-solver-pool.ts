import { Worker } from 'node:worker_threads'
import type { SolveInput } from './solve.ts'

export type Solve = (question: SolveInput) => Promise<readonly string[]>

export interface SolverPool {
  readonly solve: Solve
  close(): Promise<void>
}

interface Job {
  readonly question: SolveInput
  readonly resolve: (answers: readonly string[]) => void
  readonly reject: (error: Error) => void
}

interface Thread {
  readonly worker: Worker
  job: Job | undefined
}

/**
 * Solves on its own threads, so that the server answers while a search runs, and never more than `concurrency` at once; the
 * others wait in order. A thread that dies fails only its own task and is replaced.
 */
export function createSolverPool({ concurrency, limitMs }: { concurrency: number; limitMs: number }): SolverPool {
  const waitingJobs: Job[] = []
  const threads = new Set<Thread>()

  function startThread(): Thread {
    const worker = new Worker(new URL('./solve-worker.ts', import.meta.url), { workerData: { limitMs } })
    const thread: Thread = { worker, job: undefined }
    const fail = (error: Error) => {
      threads.delete(thread)
      thread.job?.reject(error)
      thread.job = undefined
      startNext()
    }
    worker.on('message', (answers: readonly string[]) => {
      thread.job?.resolve(answers)
      thread.job = undefined
      startNext()
    })
    worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', (code) => fail(new Error(`the solver ended with code ${code}`)))
    threads.add(thread)
    return thread
  }

  function startNext(): void {
    if (waitingJobs.length === 0) return
    const freeThread = [...threads].find((thread) => thread.job === undefined)
    if (!freeThread && threads.size >= concurrency) return
    const thread = freeThread ?? startThread()
    thread.job = waitingJobs.shift()
    thread.worker.postMessage(thread.job?.question)
  }

  return {
    solve: (question) =>
      new Promise((resolve, reject) => {
        waitingJobs.push({ question, resolve, reject })
        startNext()
      }),
    async close() {
      for (const { reject } of waitingJobs.splice(0)) reject(new Error('the server is closing'))
      await Promise.all([...threads].map(({ worker }) => worker.terminate()))
    },
  }
}
