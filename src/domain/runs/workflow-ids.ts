/** The id of a run's workflow is the run's own id; those of its items and batches are below it. */
export function nameTaskWorkflow(runId: string, itemKey: string): string {
  return `${runId}/t/${itemKey}`
}

export function nameBatchWorkflow(runId: string, batch: string): string {
  return `${runId}/b/${batch}`
}
