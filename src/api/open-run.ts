import { isRunId } from '../adapters/stores/create-run-store.ts'
import { RunNotFound, type RunFolder } from '../adapters/stores/run-store.ts'
import type { Library } from './library.ts'
import { Problem } from './problem.ts'

/** @throws {Problem} if there is no such run */
export async function openRun({ runs }: Library, runId: string): Promise<RunFolder> {
  try {
    if (isRunId(runId)) return await runs.openRun(runId)
  } catch (error) {
    if (!(error instanceof RunNotFound)) throw error
  }
  throw new Problem(404, 'no-such-run', `There is no run "${runId}".`)
}
