import { existsSync } from 'node:fs'
import type { Config } from '../config.ts'
import { openRunStore } from '../runs/open-run-store.ts'
import { listLivingLeases } from './state/leases.ts'
import { listStackFiles } from './state/stack-files.ts'

const openRunsPollMs = 2_000

/**
 * Whether anything needs the stack: a living command, an `up` without its `down`, or an open run. Open runs are checked
 * only if nothing else counts, and at most every two seconds, because that reads a file per run.
 */
export function createNeed(config: Config): () => Promise<boolean> {
  const files = listStackFiles(config)
  const store = openRunStore(config, `supervisor-${process.pid}`)
  let lookedAt = -Infinity
  let hasOpenRuns = true
  return async () => {
    if (existsSync(files.keep) || listLivingLeases(files).length > 0) return true
    if (hasOpenRuns && performance.now() - lookedAt < openRunsPollMs) return true
    lookedAt = performance.now()
    hasOpenRuns = (await store.listOpenRuns()).length > 0
    return hasOpenRuns
  }
}
