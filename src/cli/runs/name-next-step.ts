import type { RunDocument } from '../../domain/results/run-document.ts'
import { isOpen } from '../../domain/runs/run.ts'
import type { StackReport } from '../../stack/state/read-stack-status.ts'

type Standing = Pick<RunDocument, 'run_id' | 'state' | 'reason' | 'ending' | 'tasks' | 'rejections'>

/**
 * Suggests what to type next about a run, as one sentence.
 *
 * @param stack state of this data folder's stack
 * @param closed whether the run's workflow was closed although the store says that the run is open
 * @returns undefined if there is nothing to do
 */
export function nameNextStep(run: Standing, stack: StackReport['state'], closed = false): string | undefined {
  const { run_id, state, reason, tasks, rejections } = run
  if (isOpen(state)) return nameStepOfOpenRun(run, stack, closed)
  if (state === 'budget-reached')
    return `To continue with a larger budget: npx arcloom resume ${run_id} --budget-usd <more>`
  if (state === 'failed' && reason !== null) return `Once that is fixed, continue with: npx arcloom resume ${run_id}`
  if (state !== 'complete') return `To continue: npx arcloom resume ${run_id}`
  if (tasks.failed > 0) return `To redo what failed: npx arcloom retry ${run_id}`
  if (rejections.length > 0)
    return `To repeat the requests that the provider rejected: npx arcloom retry ${run_id} --rejected`
  return undefined
}

function nameStepOfOpenRun(
  { run_id, state, ending }: Standing,
  stack: StackReport['state'],
  closed: boolean,
): string | undefined {
  if (closed) return `It will not continue by itself. To restart it from its records: npx arcloom up`
  if (stack === 'down' || stack === 'ending')
    return `Nothing is running here that could continue it. To continue: npx arcloom up`
  if (stack === 'failed')
    return `A part of the stack has failed, so the run may be stuck. To see which part: npx arcloom doctor`
  if (ending !== null) return `It is ending by itself. To see the result: npx arcloom status ${run_id}`
  if (state === 'paused') return `It is paused. To continue: npx arcloom unpause ${run_id}`
  return `It continues by itself. To follow it: npx arcloom watch ${run_id}`
}
