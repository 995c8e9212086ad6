import { isSolved } from '../domain/results/is-solved.ts'
import { needAskingRun } from '../domain/runs/run.ts'
import type { Step } from '../domain/solvers/solver.ts'
import { decideOnce } from './decide-once.ts'
import type { ActivityContext } from './dependencies.ts'
import { readHistory, type AskedSample } from './read-history.ts'
import { findFinalRecord, recordItem } from './record-item.ts'

export interface DecideInput {
  readonly runId: string
  readonly item: string
  /** Everything that was asked so far. */
  readonly samples: readonly AskedSample[]
}

/** What is to be asked next; or nothing, and then the item is recorded. */
export type Decided = { readonly steps: readonly Step[] } | { readonly solved: boolean }

/**
 * Has the run's solver decide what comes next of an item, and records the item when nothing does. Both are one activity, so
 * that an item whose solver asks once takes no more of them than its requests, its programs and this.
 */
export function createDecide(context: ActivityContext) {
  return async function decide({ runId, item: itemKey, samples }: DecideInput): Promise<Decided> {
    const open = await context.readRun(runId)
    const item = await open.readItem(itemKey)
    const recorded = await findFinalRecord(open, itemKey)
    if (recorded) return { solved: isSolved(recorded, item) }
    const past = await readHistory(open, itemKey, samples)
    const decision = await decideOnce(context, { ...open, run: needAskingRun(open.run), item: itemKey, past })
    if (decision !== 'done') return { steps: decision }
    return { solved: isSolved(await recordItem(context, open, item, samples), item) }
  }
}
