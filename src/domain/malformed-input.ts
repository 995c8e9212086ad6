/** A malformed file. `place` is a path into it, such as `train[2].output[0]`; the message repeats both for people. */
export class MalformedInput extends Error {
  override readonly name = 'MalformedInput'
  readonly file: string
  readonly place: string
  /** What was found there, and what is allowed. */
  readonly problem: string

  constructor(file: string, place: string, problem: string) {
    super(`${file}${place && ` at ${place}`}: ${problem}`)
    this.file = file
    this.place = place
    this.problem = problem
  }
}
