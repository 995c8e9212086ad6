import { isVerification, type RunStateName } from '../runs/run.ts'
import { describeRun, type RunNumbers } from './run-document.ts'

/**
 * The metadata of a results file. `run_id` and `ended_at` come first: a repeated ending recognises its own file by them. Then
 * the Python original's names, and after them what it did not have. Every number is recomputed from records and ledger.
 */
export function renderMetadata(numbers: RunNumbers, state: RunStateName, endedAt: string): Record<string, unknown> {
  const { run, counts } = numbers
  const { specification } = run
  const askingRun = isVerification(run) ? undefined : run
  const document = describeRun(numbers, Date.parse(endedAt))
  const verified = counts.samples.verification_passed
  const generated = counts.samples.generation_successful
  return {
    run_id: run.run_id,
    ended_at: endedAt,
    model_identifier: askingRun?.model.key ?? null,
    model_username: askingRun?.model.username ?? null,
    benchmark_type: askingRun?.specification.kind === 'benchmark' ? askingRun.specification.recipe : null,
    status: state,
    tasks_submitted: specification.item_count,
    ...counts.samples,
    verification_pass_rate_percent: generated === 0 ? 0 : (100 * verified) / generated,
    solved_task_ids: counts.solved,
    unsolved_task_ids: counts.unsolved,
    max_concurrent_tasks: numbers.state.controls.max_concurrent_tasks,
    total_runtime_seconds: document.open_seconds,
    task_source: run.datasets.map((dataset) => dataset.path).join(', '),
    best_of: askingRun?.specification.samples ?? null,
    scores: document.scores,
    recorded_scores: document.recorded_scores,
    scoring: document.scoring,
    resolutions: document.resolutions,
    any_sample_right: counts.anySampleRight,
    tasks: document.tasks,
    samples: document.samples,
    requests: document.requests,
    rejections: document.rejections,
    outcomes: document.outcomes,
    ...(document.programs && { programs: document.programs, faults: document.faults }),
    served: document.served,
    verdicts: document.verdicts,
    usage: document.usage,
    cost_usd: document.cost_usd,
    failed_items: document.failed_items,
    provenance: {
      created_at: run.created_at,
      specification,
      specification_hash: run.specification_hash,
      model: askingRun?.model ?? null,
      datasets: run.datasets,
      versions: run.versions,
      sandboxes: counts.sandboxes,
      limits: document.limits,
      baseline_seconds: run.baseline?.seconds ?? null,
      addresses: numbers.ledger.addresses,
    },
  }
}
