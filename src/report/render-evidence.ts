import { count } from '../domain/count.ts'
import type { RunAnalysis } from './analyze-run.ts'

/** One sentence on how programs may have come to be right: shown beside the scores everywhere, and part of none. */
export function renderEvidence({ copying, copying_test, tables, nondeterministic }: RunAnalysis['programs']): string {
  return [
    `${count(copying, 'program has', 'programs have')} a train or test output written in (${copying_test} a test output)`,
    `${count(tables, 'has', 'have')} as much data as a table of the train outputs`,
    `${nondeterministic} gave a different result when run again`,
  ].join('; ')
}
