/** The only things Arcloom adds to a Temporal server: keyword attributes to find runs and items by in its UI. */
export const searchAttributeNames = {
  runId: 'ArcRunId',
  kind: 'ArcRunKind',
  model: 'ArcModel',
  taskId: 'ArcTaskId',
  outcome: 'ArcOutcome',
} as const
