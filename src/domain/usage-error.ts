/** What was asked for is invalid. The message says what was given and what is allowed, in the words of the command line. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** The flag that is to blame, such as `--model`; undefined if the message names it first, or none is. */
  readonly flag: string | undefined

  constructor(message: string, flag?: string) {
    super(message)
    this.flag = flag
  }
}
