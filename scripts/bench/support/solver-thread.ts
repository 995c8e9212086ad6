import { parentPort } from 'node:worker_threads'
import { parsePrompt } from '../../../src/baseline/chat/parse-prompt.ts'
import { searchCandidates } from '../../../src/baseline/search.ts'
import type { Grid } from '../../../src/domain/grids/grid.ts'

/** The result of one search, without functions, so that it can leave the thread. */
export interface Search {
  readonly cpuMs: number
  readonly candidates: readonly SearchedCandidate[]
}

export interface SearchedCandidate {
  readonly operations: readonly string[]
  readonly cost: number
  readonly fit: number
  readonly outputs: readonly (Grid | null)[]
}

/** A thread that gets prompts, as models do, and returns what it found. It never sees a test output. */
parentPort?.on('message', ({ prompt, limitMs }: { prompt: string; limitMs: number }) => {
  const before = process.threadCpuUsage()
  const task = parsePrompt(prompt)
  if (task.kind === 'unreadable') throw new Error(task.reason)
  const end = performance.now() + limitMs
  const candidates = searchCandidates(task.evidence, () => performance.now() > end)
  const { user, system } = process.threadCpuUsage(before)
  const search: Search = {
    cpuMs: (user + system) / 1000,
    candidates: candidates.map(({ steps, cost, fit, outputs }) => ({
      operations: steps.flatMap((step) => step.operations),
      cost,
      fit,
      outputs,
    })),
  }
  parentPort?.postMessage(search)
})
