import { parentPort, workerData } from 'node:worker_threads'
import { solve, type SolveInput } from './solve.ts'

/** The body of a thread: receives questions as messages and posts lists of answers, one at a time. */
const { limitMs } = workerData as { limitMs: number } // Set by create-solver-pool.ts alone.

parentPort?.on('message', (question: SolveInput) => {
  parentPort?.postMessage(solve(question, limitMs))
})
