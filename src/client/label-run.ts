import { defineSearchAttributeKey, SearchAttributeType, type SearchAttributePair } from '@temporalio/common'
import type { RunRecord } from '../domain/run.ts'
import { searchAttributeNames } from '../domain/search-attributes.ts'

/** What a run is found by in the Temporal UI. */
export function labelRun({ run_id, specification, model }: RunRecord): SearchAttributePair[] {
  const keyword = (name: string, value: string) => {
    return { key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD), value }
  }
  return [
    keyword(searchAttributeNames.runId, run_id),
    keyword(searchAttributeNames.kind, specification.kind),
    keyword(searchAttributeNames.model, model.key),
  ]
}
