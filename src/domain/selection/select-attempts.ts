import type { Grid } from '../grids/grid.ts'
import type { ItemRecord } from '../runs/record.ts'
import type { TaskPairs } from '../tasks/task.ts'
import { listProposals, type Proposal } from './proposal.ts'
import type { SelectionRule } from './selection-rule.ts'
import { standardRule } from './selection-rules.ts'

/** Maximum attempts per test input, by ARC's rules (arcprize.org/guide). */
const attemptsPerTestInput = 2

/**
 * Selects at most two *different* grids for each test input. The rule sees only proposals, which carry no hint of whether
 * they are right.
 *
 * @returns attempts per test input, best first; fewer than two if there are fewer different grids
 */
export function selectAttempts(record: ItemRecord, task: TaskPairs, rule: SelectionRule = standardRule): Grid[][] {
  return listProposals(record, task).map((proposals) => chooseBest(proposals, rule))
}

function chooseBest(proposals: readonly Proposal[], rule: SelectionRule): Grid[] {
  return proposals
    .toSorted((a, b) => rule.compare(a, b) || (a.text < b.text ? -1 : 1))
    .slice(0, attemptsPerTestInput)
    .map(({ grid }) => grid)
}
