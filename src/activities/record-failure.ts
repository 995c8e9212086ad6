import type { ActivityContext } from './dependencies.ts'

export interface RecordFailureInput {
  readonly runId: string
  readonly item: string
  readonly reason: string
}

/** Stores why an item failed for reasons other than the model, for people to see and for `retry` to find. */
export function createRecordFailure({ readRun, now }: ActivityContext) {
  return async function recordFailure({ runId, item, reason }: RecordFailureInput): Promise<void> {
    const { folder } = await readRun(runId)
    await folder.putFailure({ item, reason, at: now().toISOString() })
  }
}
