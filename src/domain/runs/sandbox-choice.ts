/**
 * The sandbox of a run's programs: `auto` is the strongest level that holds on the worker's machine, and nothing less.
 * `none` is only ever typed by a person.
 */
export const sandboxChoices = ['auto', 'none'] as const

export type SandboxChoice = (typeof sandboxChoices)[number]
