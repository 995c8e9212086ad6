import type { ProgramLimits } from '../../domain/runs/program-limits.ts'
import { isVerification, type RunRecord } from '../../domain/runs/run.ts'
import { defaultControls, type Controls } from '../../domain/runs/specification.ts'
import { showPath } from './list-order-datasets.ts'
import type { FlagTexts, RunOrder } from './run-order.ts'

/**
 * The order that asks what a run asked, of all tasks of its datasets.
 *
 * @returns null for a verification
 */
export function orderAgain(run: RunRecord, controls: Controls, projectRoot: string): RunOrder | null {
  if (isVerification(run)) return null
  const { kind, recipe, samples, rounds, solver, grid_encoding, sampling, limits } = run.specification
  const flags: FlagTexts = {
    model: [run.model.key],
    ...(run.datasets.length > 0 && { dataset: run.datasets.map(({ path }) => showPath({ projectRoot }, path)) }),
    ...(samples > 1 && { best_of: samples }),
    ...(rounds > 1 && { rounds }),
    ...(solver !== undefined && { solver }),
    ...(grid_encoding !== undefined && grid_encoding !== 'json' && { grid_encoding }),
    ...(sampling.temperature !== undefined && { temperature: sampling.temperature }),
    ...(sampling.maxTokens !== undefined && { max_tokens: sampling.maxTokens }),
    ...(sampling.reasoningEffort !== undefined && { reasoning_effort: sampling.reasoningEffort }),
    ...(sampling.seed !== undefined && { seed: sampling.seed }),
    ...(sampling.parameters && { param: JSON.stringify(sampling.parameters) }),
    ...(controls.budget_usd !== null && { budget_usd: controls.budget_usd }),
    ...(controls.max_concurrent_tasks !== defaultControls.max_concurrent_tasks && {
      max_concurrent_tasks: controls.max_concurrent_tasks,
    }),
    ...(controls.max_concurrent_requests !== undefined && {
      max_concurrent_requests: controls.max_concurrent_requests,
    }),
    ...(limits && nameLimits(limits)),
  }
  return { kind, recipe, flags }
}

function nameLimits(limits: ProgramLimits): FlagTexts {
  return {
    cpu_seconds: limits.cpu_seconds_per_grid,
    program_cpu_seconds: limits.cpu_seconds_per_program,
    wall_seconds: limits.wall_seconds_per_grid,
  }
}
