/** Something that the stack needs cannot be had. A command that gets this ends with exit code 5. */
export class StackFailed extends Error {
  override readonly name = 'StackFailed'
  /** What a person can do about it, where that is known. */
  readonly mend: string | undefined

  constructor(message: string, mend?: string) {
    super(message)
    this.mend = mend
  }
}

export function explainTaken(port: number, meantFor: string, variable: string): StackFailed {
  return new StackFailed(
    `Port ${port}, meant for ${meantFor}, is taken by another program.`,
    `end what listens there, or set ${variable} to a free port`,
  )
}
