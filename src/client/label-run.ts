import { defineSearchAttributeKey, SearchAttributeType, type SearchAttributePair } from '@temporalio/common'
import { isVerification, type RunRecord } from '../domain/runs/run.ts'
import { searchAttributeNames } from '../domain/runs/search-attributes.ts'

/** Labels to find a run by in the Temporal UI. */
export function labelRun(run: RunRecord): SearchAttributePair[] {
  const keyword = (name: string, value: string) => {
    return { key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD), value }
  }
  return [
    keyword(searchAttributeNames.runId, run.run_id),
    keyword(searchAttributeNames.kind, run.specification.kind),
    ...(isVerification(run) ? [] : [keyword(searchAttributeNames.model, run.model.key)]),
  ]
}
