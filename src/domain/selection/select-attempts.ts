import type { Grid } from '../grids/grid.ts'
import type { ItemRecord } from '../runs/record.ts'
import type { TaskPairs } from '../tasks/task.ts'
import { listProposals, type Proposal } from './proposal.ts'
import type { SelectionRule } from './selection-rule.ts'
import { standardRule } from './selection-rules.ts'

/** How many grids may be handed in per test input, by ARC's rule (arcprize.org/guide). */
const attemptsPerTestInput = 2

/**
 * Chooses for each test input at most two *different* grids. The rule sees proposals alone, in which nothing tells whether
 * one is right.
 *
 * @returns per test input its attempts, best first; fewer than two where fewer different grids were given
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
