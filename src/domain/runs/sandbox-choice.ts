/**
 * What a run's programs are closed in: `auto` is the strongest level that holds on the worker's machine, and nothing less.
 * `none` only ever comes from a person who typed it.
 */
export const sandboxChoices = ['auto', 'none'] as const

export type SandboxChoice = (typeof sandboxChoices)[number]
