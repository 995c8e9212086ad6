import { ApplicationFailure, Context, type Info } from '@temporalio/activity'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import { mapConcurrently } from '../domain/map-concurrently.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import { renderProbe } from '../domain/recipes/render-probe.ts'
import { failureTypes } from '../domain/runs/failure-types.ts'
import { listTestPairs, maxItemCostUsd } from '../domain/runs/max-item-cost.ts'
import type { PlannedItem } from '../domain/runs/planned-item.ts'
import { isVerification, type AskingRun, type RunRecord } from '../domain/runs/run.ts'
import type { RunScope } from '../domain/runs/specification.ts'
import type { Step } from '../domain/solvers/solver.ts'
import type { ItemReference } from '../domain/tasks/item.ts'
import { decideOnce } from './decide-once.ts'
import type { ActivityContext } from './dependencies.ts'
import { listRemaining } from './list-remaining.ts'
import { beginHistory } from './read-history.ts'
import type { OpenRun } from './read-run.ts'

export interface PlanInput {
  readonly runId: string
  readonly scope: RunScope
  readonly paused: boolean
}

export interface Plan {
  /** Items without a record, in the run's order. */
  readonly items: readonly PlannedItem[]
  /** Per item; none in a run that asks no model. */
  readonly samples: number
  readonly rounds: number
  /** What every item begins with: it depends on nothing that an item could tell, so it is decided once for all of them. */
  readonly opening: readonly Step[]
  /** What the run has cost so far; requests lost in flight count at their maximum. */
  readonly spentUsd: number
}

/** Opens a run, for the first time or again: lists what remains, and removes what an earlier period left half done. */
export function createPlan(context: ActivityContext) {
  const { readRun, spendingOf, now, hashJson } = context
  return async function plan({ runId, scope, paused }: PlanInput): Promise<Plan> {
    const open = await readRun(runId)
    const { folder, run } = open
    await folder.sweep()
    const recorded = new Set(await folder.listRecorded())
    const failures = await folder.listFailures()
    const state = await folder.readState()
    const ledger = await spendingOf(folder).readLedger()
    const remaining = await listRemaining(open, scope, ledger)
    if (remaining.length > 0) refuseOtherPrompts(run, hashJson)
    const items = await mapConcurrently(remaining, 16, (item) => planItem(open, item))
    const at = now().toISOString()
    const { info } = Context.current()
    await folder.putState({
      ...state,
      state: paused ? 'paused' : 'running',
      reason: null,
      ending: null,
      items: {
        total: open.items.length,
        recorded: recorded.size,
        failed: failures.filter(({ item }) => !recorded.has(item)).length,
      },
      ended_at: null,
      updated_at: at,
      temporal: { namespace: info.workflowNamespace ?? '', ...nameExecution(info) },
    })
    const start = isVerification(run) || remaining.length === 0 ? askedNothing : await begin(context, folder, run)
    return { items, ...start, spentUsd: ledger.maxSpentUsd() }
  }
}

/**
 * A run started by other code may have used another prompt. Mixing both in one score would be meaningless.
 *
 * @throws {ApplicationFailure} that ends the run; everything recorded is kept
 */
function refuseOtherPrompts(run: RunRecord, hashJson: ActivityContext['hashJson']): void {
  if (isVerification(run)) return
  const { recipe, prompt_hash } = run.specification
  if (hashJson(renderProbe(findRecipe(recipe), run.specification)) === prompt_hash) return
  const begun = run.versions['commit'] ?? run.versions['arcloom'] ?? 'another version'
  throw ApplicationFailure.nonRetryable(
    `the ${recipe} recipe has changed since this run was started (by ${begun}); continue it with that version. If this version started it, the worker is outdated: stop it and start it again`,
    failureTypes.stopRun,
  )
}

const askedNothing = { samples: 0, rounds: 0, opening: [] }

async function begin(context: ActivityContext, folder: RunFolder, run: AskingRun) {
  const { samples, rounds } = run.specification
  const opening = await decideOnce(context, { folder, run, item: null, past: beginHistory(run) })
  return { samples, rounds, opening: opening === 'done' ? [] : opening }
}

function nameExecution({ workflowExecution }: Info) {
  return { workflow_id: workflowExecution?.workflowId ?? '', run_id: workflowExecution?.runId ?? '' }
}

async function planItem({ run, readItem }: OpenRun, { key, task_id: taskId }: ItemReference): Promise<PlannedItem> {
  if (isVerification(run)) return { key, taskId, testPairs: [], mostUsd: 0 }
  const { specification, model } = run
  const pairs = await readItem(key)
  return {
    key,
    taskId,
    testPairs: listTestPairs(specification, pairs),
    mostUsd: maxItemCostUsd(model, specification, pairs),
  }
}
