/** What the page calls the commands' flags, by their names with underscores. */
const fieldTitles: Readonly<Record<string, string>> = {
  model: 'Models',
  dataset: 'Dataset',
  max_tasks: 'First tasks',
  tasks: 'Tasks from, to',
  task_ids: 'Task ids',
  best_of: 'Samples',
  rounds: 'Rounds',
  max_tokens: 'Tokens per answer',
  budget_usd: 'Budget in USD',
  name: 'Name',
  solver: 'Solver',
  grid_encoding: 'Grids in the prompt',
  temperature: 'Temperature',
  reasoning_effort: 'Reasoning effort',
  seed: 'Seed',
  param: 'Further fields of a request',
  provider_only: 'Only these hosts',
  provider_order: 'These hosts first',
  quantizations: 'Quantizations',
  max_concurrent_tasks: 'Tasks at once',
  max_concurrent_requests: 'Requests at once',
  save_interval: 'Tasks between checkpoints',
  cpu_seconds: 'CPU seconds per grid',
  program_cpu_seconds: 'CPU seconds per program',
  wall_seconds: 'Seconds of waiting per grid',
}

export function titleOf(name: string): string {
  return Object.hasOwn(fieldTitles, name) ? (fieldTitles[name] ?? name) : name
}

/** A text of the command line in the page's words: flags are called what their fields are called. */
export function sayInFields(text: string): string {
  return text.replaceAll(/--([a-z]+(?:-[a-z]+)*)/g, (flag, name: string) => {
    const field = name.replaceAll('-', '_')
    return Object.hasOwn(fieldTitles, field) ? `“${titleOf(field)}”` : flag
  })
}

/**
 * What is wrong with a field, to stand beside it. The command line first says which flag it speaks of, and what it was given:
 * both stand there already.
 */
export function sayAtField(message: string): string {
  return sayInFields(message.replace(/^option '.*' argument '.*' is invalid\. /s, ''))
}
