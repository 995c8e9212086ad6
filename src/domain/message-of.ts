/** The message of anything thrown: libraries and workers throw more than errors. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
