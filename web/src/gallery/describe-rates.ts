import type { SolveRate, SolveRatesDocument } from '../../../src/api/documents.ts'
import { count } from '../../../src/domain/count.ts'

/** How often a task was solved, in words; empty if nobody tried. */
export function describeRates({ runs, people }: SolveRatesDocument, key: string): string {
  return [describe(runs[key], 'run', 'runs'), describe(people[key], 'person', 'people')].filter(Boolean).join(', ')
}

function describe(rate: SolveRate | undefined, one: string, many: string): string | undefined {
  return rate && `solved by ${rate[0]} of ${count(rate[1], one, many)}`
}
