/** A program given to a verification, with the place it came from. */
export interface ProgramToVerify {
  readonly program: string
  readonly source: ProgramSource
}

/** Source of a program, so that a verdict can be traced back to it. */
export interface ProgramSource {
  /** A results file, or the id of the run whose records it was read from. */
  readonly origin: string
  /** The entry: `line 12`, `results[3]`, or the key of a run's item. */
  readonly place: string
  /** Index within the entry's `python_code`. */
  readonly sample: number
}

/** An entry that could not be used, in words for people. */
export interface ReadingFault {
  readonly file: string
  readonly place: string
  readonly message: string
}
