/** What each command asks a model for. */
export const commandWords: Readonly<Record<string, string>> = {
  'benchmark code': 'Benchmark: programs that solve the tasks',
  'benchmark direct': 'Benchmark: output grids, without programs',
  'generate reasoning': 'Training data: explanations of the rules',
  'generate code': 'Training data: explanations with programs',
}

/** Flags with a field each, by their names with underscores. Models and datasets are chosen from lists. */
export const commonFields: readonly string[] = [
  'max_tasks',
  'tasks',
  'task_ids',
  'best_of',
  'rounds',
  'max_tokens',
  'budget_usd',
  'name',
]

export const furtherFields: readonly string[] = [
  'solver',
  'grid_encoding',
  'temperature',
  'reasoning_effort',
  'seed',
  'param',
  'provider_only',
  'provider_order',
  'quantizations',
  'max_concurrent_tasks',
  'max_concurrent_requests',
  'save_interval',
  'cpu_seconds',
  'program_cpu_seconds',
  'wall_seconds',
]
