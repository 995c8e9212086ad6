import type { RunDocument } from '../domain/results/run-document.ts'

/** What a command ends with. Scripts rely on these. */
export const exitCodes = {
  complete: 0,
  /** Complete, but some items failed for reasons that are not the model's: `retry` redoes them. */
  someFailed: 1,
  /** Usage, configuration, or a model that cannot work. */
  usage: 2,
  /** Interrupted or cancelled: `resume` goes on. */
  interrupted: 3,
  /** Budget reached: `resume` goes on with a larger one. */
  budgetReached: 4,
  /** Something needed could not be reached. */
  unreachable: 5,
  /** A fault of Arcloom's own: EX_SOFTWARE of sysexits.h. */
  internal: 70,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** What the state of a run means for the command that waited for it. */
export function exitCodeOf({ state, tasks }: Pick<RunDocument, 'state' | 'tasks'>): ExitCode {
  switch (state) {
    case 'running':
    case 'paused':
      return exitCodes.complete
    case 'complete':
      return tasks.failed > 0 ? exitCodes.someFailed : exitCodes.complete
    case 'interrupted':
    case 'cancelled':
      return exitCodes.interrupted
    case 'budget-reached':
      return exitCodes.budgetReached
    case 'failed':
      return exitCodes.usage
  }
}

/** Of several runs the worst counts. */
export function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  return codes.reduce((worst, code) => (code > worst ? code : worst), exitCodes.complete)
}
