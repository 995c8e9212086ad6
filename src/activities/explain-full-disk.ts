import { ApplicationFailure } from '@temporalio/activity'
import { failureTypes } from '../domain/failure-types.ts'
import { nameDiskFault } from './name-disk-fault.ts'

/**
 * Stops the run where the store has no room: found out before a request is paid for, and in words a person can act on.
 *
 * @throws always
 */
export function explainFullDisk(error: unknown): never {
  const reason = nameDiskFault(error)
  if (reason === undefined) throw error
  throw ApplicationFailure.nonRetryable(
    `The run store cannot be written: ${reason}. Everything that was answered is kept; mend it and resume.`,
    failureTypes.stopRun,
  )
}
