/** A request that was refused, in the words of whoever refused it, or that was not answered. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly type: string
  /** 0 if there was no answer. */
  readonly status: number
  /** The part of the request that is to blame, such as a field of a form. */
  readonly place: string | undefined

  constructor(status: number, type: string, message: string, place?: string) {
    super(message)
    this.status = status
    this.type = type
    this.place = place
  }
}

/** Whether what was asked for does not exist, so that asking again is of no use. A task of a run may be recorded later. */
export function isMissing(error: Error): boolean {
  return error instanceof ApiProblem && error.status === 404 && error.type !== 'not-recorded'
}
