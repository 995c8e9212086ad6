import type { RunDocument } from '../domain/results/run-document.ts'

/** Exit codes. Scripts rely on these. */
export const exitCodes = {
  complete: 0,
  /** Complete, but some items failed for reasons other than the model: `retry` redoes them. */
  someFailed: 1,
  /** Usage or configuration error, or a model that cannot work. */
  usage: 2,
  /** Interrupted or cancelled: `resume` continues. */
  interrupted: 3,
  /** Budget reached: `resume` continues with a larger one. */
  budgetReached: 4,
  /** A required service is unreachable. */
  unreachable: 5,
  /** A fault in Arcloom itself: EX_SOFTWARE of sysexits.h. */
  internal: 70,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** The exit code of a command that waited for a run to reach this state. */
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

/** For several runs, the worst code counts. */
export function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  return codes.reduce((worst, code) => (code > worst ? code : worst), exitCodes.complete)
}
