import { defineSearchAttributeKey, SearchAttributeType, type SearchAttributePair } from '@temporalio/common'
import { upsertSearchAttributes } from '@temporalio/workflow'
import { searchAttributeNames } from '../domain/runs/search-attributes.ts'
import type { Labels } from './messages.ts'

const keyword = (name: string) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD)

const keys = {
  runId: keyword(searchAttributeNames.runId),
  kind: keyword(searchAttributeNames.kind),
  model: keyword(searchAttributeNames.model),
  taskId: keyword(searchAttributeNames.taskId),
  outcome: keyword(searchAttributeNames.outcome),
}

/** The attributes to find a run by in the Temporal UI or, with a task id, one of its items. */
export function labelAttributes(runId: string, labels: Labels, taskId?: string): SearchAttributePair[] {
  if (!labels.searchAttributes) return []
  const pairs: SearchAttributePair[] = [
    { key: keys.runId, value: runId },
    { key: keys.kind, value: labels.kind },
    ...(labels.model === null ? [] : [{ key: keys.model, value: labels.model }]),
  ]
  return taskId === undefined ? pairs : [...pairs, { key: keys.taskId, value: taskId }]
}

export function showOutcome(labels: Labels, outcome: string): void {
  if (labels.searchAttributes) upsertSearchAttributes([{ key: keys.outcome, value: outcome }])
}
