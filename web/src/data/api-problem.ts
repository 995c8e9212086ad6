/** A request that was refused, in the words of whoever refused it, or that was not answered. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly type: string
  /** 0 if there was no answer. */
  readonly status: number

  constructor(status: number, type: string, message: string) {
    super(message)
    this.status = status
    this.type = type
  }
}
