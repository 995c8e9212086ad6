/** Whether a failure of the system carries this code: `ENOENT`, `ENOSPC`… Asks for the field, not the class: errors cross realms in tests. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code))
}

/** Whether a file system call failed because there is nothing of that name. */
export function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT')
}
