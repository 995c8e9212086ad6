import type { Given } from './dependencies.ts'

export interface RecordFailureInput {
  readonly runId: string
  readonly item: string
  readonly reason: string
}

/** Keeps why an item failed for reasons that are not the model's, so that people see it and `retry` finds it. */
export function createRecordFailure({ readRun, now }: Given) {
  return async function recordFailure({ runId, item, reason }: RecordFailureInput): Promise<void> {
    const { folder } = await readRun(runId)
    await folder.putFailure({ item, reason, at: now().toISOString() })
  }
}
