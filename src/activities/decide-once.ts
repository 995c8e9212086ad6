import type { RunFolder } from '../adapters/stores/run-store.ts'
import type { AskingRun } from '../domain/runs/run.ts'
import { decideNext } from '../domain/solvers/decide-next.ts'
import type { Decision } from '../domain/solvers/solver.ts'
import { nameSolver } from '../domain/solvers/solvers.ts'
import type { ActivityContext } from './dependencies.ts'
import type { ItemHistory } from './read-history.ts'

export interface DecideOnceInput {
  readonly folder: RunFolder
  readonly run: AskingRun
  /** Null for the decision that every item of the run begins with. */
  readonly item: string | null
  readonly past: ItemHistory
}

/**
 * Asks the run's solver what comes next, unless that was decided before: a stored decision stands, even where the solver's
 * code would say something else today. So a restart asks the questions whose answers are stored, and pays for none twice.
 *
 * `done` is not stored here. The item's record is what says so.
 */
export async function decideOnce(
  { findSolver, hashJson, now }: Pick<ActivityContext, 'findSolver' | 'hashJson' | 'now'>,
  { folder, run, item, past: { history, follows } }: DecideOnceInput,
): Promise<Decision> {
  const key = hashJson(follows)
  const stored = await folder.findDecision(key)
  if (stored) return stored.steps
  const solver = findSolver(nameSolver(run.specification))
  const steps = decideNext(solver, history)
  if (steps === 'done') return steps
  await folder.putDecision(key, { solver: solver.name, item, follows, steps, decided_at: now().toISOString() })
  return steps
}
