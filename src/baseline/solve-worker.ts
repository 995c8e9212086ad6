import { parentPort, workerData } from 'node:worker_threads'
import { solve, type SolveInput } from './solve.ts'

/** The body of a thread: tasks come in as messages, lists of answers go out, one at a time. */
const { limitMs } = workerData as { limitMs: number } // Set by create-solver-pool.ts alone.

parentPort?.on('message', (question: SolveInput) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
  parentPort?.postMessage(solve(question, limitMs))
})
