/** What a person typed cannot be done. Says what was given and what is allowed. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
