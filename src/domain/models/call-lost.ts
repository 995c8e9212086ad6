/** The provider does not know a call, or no longer: what it answered, if anything, can no longer be had. */
export class CallLost extends Error {
  override readonly name = 'CallLost'
}
