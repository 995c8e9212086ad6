/** What each command asks a model for. */
export const commandWords: Readonly<Record<string, string>> = {
  'benchmark code': 'Benchmark: programs that solve the tasks',
  'benchmark direct': 'Benchmark: output grids, without programs',
  'generate reasoning': 'Training data: explanations of the rules',
  'generate code': 'Training data: explanations with programs',
}

/** Flags, by their names with underscores, and what their fields are called. */
type Field = readonly [name: string, title: string]

export const commonFields: readonly Field[] = [
  ['max_tasks', 'First tasks'],
  ['tasks', 'Tasks from, to'],
  ['task_ids', 'Task ids'],
  ['best_of', 'Samples'],
  ['rounds', 'Rounds'],
  ['max_tokens', 'Tokens per answer'],
  ['budget_usd', 'Budget in USD'],
  ['name', 'Name'],
]

export const furtherFields: readonly Field[] = [
  ['solver', 'Solver'],
  ['grid_encoding', 'Grids in the prompt'],
  ['temperature', 'Temperature'],
  ['reasoning_effort', 'Reasoning effort'],
  ['seed', 'Seed'],
  ['max_concurrent_tasks', 'Tasks at once'],
  ['save_interval', 'Tasks between checkpoints'],
  ['cpu_seconds', 'CPU seconds per grid'],
  ['program_cpu_seconds', 'CPU seconds per program'],
  ['wall_seconds', 'Seconds of waiting per grid'],
]
