import type { Parameter } from './parameters.ts'

/** A form for a new run, as far as it is filled in. */
export interface StartView {
  /** `benchmark code`, like the command. */
  readonly command: string
  /** The flags' texts, by their names with underscores; those that can be repeated have several. */
  readonly flags: Readonly<Record<string, readonly string[]>>
}

export const emptyStart: StartView = { command: 'benchmark code', flags: {} }

export function parseStartView(parameters: URLSearchParams): StartView {
  const names = [...new Set(parameters.keys())].filter((name) => name !== 'command' && /^[a-z_]+$/.test(name))
  const flags = names.map((name) => [name, parameters.getAll(name).filter((text) => text !== '')] as const)
  return {
    command: parameters.get('command') || emptyStart.command,
    flags: Object.fromEntries(flags.filter(([, texts]) => texts.length > 0)),
  }
}

export function listStartView({ command, flags }: StartView): Parameter[] {
  return [
    ['command', command === emptyStart.command ? undefined : command],
    ...Object.entries(flags).flatMap(([name, texts]) => texts.map((text): Parameter => [name, text])),
  ]
}
