/** Something that the stack needs is unavailable. A command that gets this exits with 5. */
export class StackFailed extends Error {
  override readonly name = 'StackFailed'
  /** What a person can do about it, if known. */
  readonly mend: string | undefined

  constructor(message: string, mend?: string) {
    super(message)
    this.mend = mend
  }
}

export function explainTaken(port: number, meantFor: string, variable: string): StackFailed {
  return new StackFailed(
    `Port ${port}, intended for ${meantFor}, is taken by another program.`,
    `stop the program that listens there, or set ${variable} to a free port`,
  )
}
