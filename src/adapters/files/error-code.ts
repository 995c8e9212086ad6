/**
 * Whether a system error has this code: `ENOENT`, `ENOSPC`… Checks the field, not the class: in tests, errors come from other
 * realms.
 */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code))
}

/** Whether a file system call failed because the file does not exist. */
export function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT')
}
