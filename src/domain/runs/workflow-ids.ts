/** The id of a run's workflow is the run's own id; its items' are below it. */
export function nameTaskWorkflow(runId: string, itemKey: string): string {
  return `${runId}/t/${itemKey}`
}
