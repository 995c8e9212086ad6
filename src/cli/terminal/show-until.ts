import { setTimeout as sleep } from 'node:timers/promises'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { RunState } from '../../domain/runs/run.ts'
import { createRunProgressReader } from '../../runs/read-run-progress.ts'
import { renderProgress } from '../runs/render-progress.ts'
import { arrangeProgress } from './fit-progress.ts'
import { createProgressLine } from './progress-line.ts'

const pollMs = 100
const showEveryMs = 1_000

/** Waits for a run to reach a state. Shows progress only if that takes longer than a second. */
export async function showUntil(folder: RunFolder, hasArrived: (state: RunState) => boolean): Promise<void> {
  const line = createProgressLine(process.stderr)
  const read = createRunProgressReader(folder)
  let shownMs = performance.now()
  try {
    while (!hasArrived(await folder.readState())) {
      await sleep(pollMs)
      if (performance.now() - shownMs < showEveryMs) continue
      shownMs = performance.now()
      line.show(arrangeProgress([renderProgress(folder.runId, await read(), Date.now())]))
    }
  } finally {
    line.end()
  }
}
