import { ApplicationFailure } from '@temporalio/activity'
import { failureTypes } from '../domain/failure-types.ts'

const words: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'it may not be written to',
}

/**
 * Stops the run where the store has no room: found out before a request is paid for, and in words a person can act on.
 *
 * @throws always
 */
export function explainFullDisk(error: unknown): never {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  const reason = words[code]
  if (reason === undefined) throw error
  throw ApplicationFailure.nonRetryable(
    `The run store cannot be written: ${reason}. Everything that was answered is kept; mend it and resume.`,
    failureTypes.stopRun,
  )
}
