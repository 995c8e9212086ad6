/** A malformed file. `place` is a path into it, such as `train[2].output[0]`; the message repeats both for people. */
export class MalformedInput extends Error {
  override readonly name = 'MalformedInput'
  readonly file: string
  readonly place: string
  /** What was found there, and what is allowed. */
  readonly found: string

  constructor(file: string, place: string, found: string) {
    super(`${file}${place && ` at ${place}`}: ${found}`)
    this.file = file
    this.place = place
    this.found = found
  }
}
