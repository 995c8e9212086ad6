/**
 * The verdict on a program for one pair.
 *
 * All but `correct` and `wrong` are known before anything is compared; those two are decided outside the sandbox, which
 * never sees an expected output.
 */
export type Verdict =
  | 'correct'
  | 'wrong'
  /** It returned something that is not a grid. */
  | 'invalid-output'
  /** It raised, or did not compile. */
  | 'error'
  | 'memory'
  | 'cpu-timeout'
  /** It waited past the wall limit and computed nothing; a busy machine alone never causes this. */
  | 'wall-timeout'
  /** It was killed by a signal: a segmentation fault, a stack overflow in C. */
  | 'crash'
  /** It made a system call that no honest program makes. */
  | 'forbidden'
  /** It exited before it answered. */
  | 'no-answer'
  | 'output-flood'
  /** Skipped, because earlier grids used up the program's CPU time, or it waited too long on them. */
  | 'not-run'

/** The verdict on a whole program: `correct` if every train and test pair is, otherwise the first that is not. */
export function judgeProgram(pairs: readonly Verdict[]): Verdict {
  return pairs.find((verdict) => verdict !== 'correct') ?? 'correct'
}
