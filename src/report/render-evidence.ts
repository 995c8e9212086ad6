import { count } from '../domain/count.ts'
import type { RunAnalysis } from './analyze-run.ts'

/** One sentence of what is said of how programs came to be right: beside the scores everywhere, and in none. */
export function renderEvidence({ copying, copying_test, tables, nondeterministic }: RunAnalysis['programs']): string {
  return [
    `${count(copying, 'program has', 'programs have')} a train or test output written out (${copying_test} a test output)`,
    `${count(tables, 'holds', 'hold')} as much data as a table of the train outputs`,
    `${nondeterministic} gave something else when run again`,
  ].join('; ')
}
