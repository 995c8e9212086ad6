import type { Gate } from '../../adapters/models/gates/gate.ts'
import type { RunFolder } from '../../adapters/stores/run-store.ts'

const pollMs = 1_000

interface Watch {
  readonly timer: NodeJS.Timeout
  /** Done when the limit was applied for the first time. */
  readonly applied: Promise<void>
  waiting: number
}

/**
 * Applies a run's limit of requests at once to its gate, and changes of it as long as requests of the run wait there: one may
 * be raised while all of them wait.
 */
export function createRunLimitWatch() {
  const watches = new Map<string, Watch>()

  async function apply(folder: RunFolder, gate: Gate): Promise<void> {
    const { controls } = await folder.readState()
    gate.limitRun(folder.runId, controls.max_concurrent_requests ?? null)
  }

  return async function whileWaiting<Result>(folder: RunFolder, gate: Gate, wait: () => Promise<Result>) {
    const { runId } = folder
    let watch = watches.get(runId)
    if (watch === undefined) {
      // The next poll, or the request itself, reports what is wrong with the file.
      const poll = () => void apply(folder, gate).catch(() => undefined)
      watch = { timer: setInterval(poll, pollMs), applied: apply(folder, gate), waiting: 0 }
      watches.set(runId, watch)
    }
    watch.waiting += 1
    try {
      await watch.applied
      return await wait()
    } finally {
      watch.waiting -= 1
      if (watch.waiting === 0) {
        clearInterval(watch.timer)
        watches.delete(runId)
      }
    }
  }
}
