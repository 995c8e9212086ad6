/** The only things Arcloom adds to a Temporal server: keyword attributes by which its UI finds runs and items. */
export const searchAttributeNames = {
  runId: 'ArcRunId',
  kind: 'ArcRunKind',
  model: 'ArcModel',
  taskId: 'ArcTaskId',
  outcome: 'ArcOutcome',
} as const
