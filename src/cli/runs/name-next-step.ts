import type { RunDocument } from '../../domain/results/run-document.ts'
import { isOpen } from '../../domain/runs/run.ts'
import type { StackReport } from '../../stack/state/read-stack-status.ts'

type Standing = Pick<RunDocument, 'run_id' | 'state' | 'reason' | 'ending' | 'tasks' | 'rejections'>

/**
 * What a person can type next about a run, as one sentence that is true as things stand.
 *
 * @param stack how this data folder's stack is
 * @param closed whether the run's workflow was found closed although the store says that the run is open
 * @returns undefined where there is nothing to do
 */
export function nameNextStep(run: Standing, stack: StackReport['state'], closed = false): string | undefined {
  const { run_id, state, reason, tasks, rejections } = run
  if (isOpen(state)) return nameStepOfOpenRun(run, stack, closed)
  if (state === 'budget-reached')
    return `To go on with a larger budget: npx arcloom resume ${run_id} --budget-usd <more>`
  if (state === 'failed' && reason !== null) return `Once that is mended, to go on: npx arcloom resume ${run_id}`
  if (state !== 'complete') return `To go on: npx arcloom resume ${run_id}`
  if (tasks.failed > 0) return `To redo what failed: npx arcloom retry ${run_id}`
  if (rejections.length > 0) return `To ask again what the provider rejected: npx arcloom retry ${run_id} --rejected`
  return undefined
}

function nameStepOfOpenRun(
  { run_id, state, ending }: Standing,
  stack: StackReport['state'],
  closed: boolean,
): string | undefined {
  if (closed) return `It does not go on by itself. To start it again from its records: npx arcloom up`
  if (stack === 'down' || stack === 'ending')
    return `Nothing is running here that goes on with it. To go on: npx arcloom up`
  if (stack === 'failed') return `A part of the stack has failed, so it may not go on. To see which: npx arcloom doctor`
  if (ending !== null) return `It is ending by itself. To see what came of it: npx arcloom status ${run_id}`
  if (state === 'paused') return `It is paused. To go on: npx arcloom unpause ${run_id}`
  return `It goes on by itself. To see it: npx arcloom watch ${run_id}`
}
