import { ApplicationFailure } from '@temporalio/activity'
import { failureTypes } from '../domain/runs/failure-types.ts'
import { isDiskFull, nameDiskFault } from './name-disk-fault.ts'

/**
 * Says in words that the store cannot be written, before a request is paid for. Where only room is lacking the activity is tried
 * again, and waits there until there is some; what else is wrong a person has to mend, so it stops the run.
 *
 * @throws always
 */
export function explainDiskFault(error: unknown): never {
  const reason = nameDiskFault(error)
  if (reason === undefined) throw error
  if (isDiskFull(error)) {
    throw ApplicationFailure.retryable(`The run store cannot be written: ${reason}.`, failureTypes.tryAgain)
  }
  throw ApplicationFailure.nonRetryable(
    `The run store cannot be written: ${reason}. Everything that was answered is kept; mend it and resume.`,
    failureTypes.stopRun,
  )
}
