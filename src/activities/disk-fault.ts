import { ApplicationFailure } from '@temporalio/activity'
import { failureTypes } from '../domain/runs/failure-types.ts'

const words: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'it may not be written to',
}

/** What a person has to mend before a file can be written, in words; undefined for failures of other kinds. */
export function nameDiskFault(error: unknown): string | undefined {
  return words[codeOf(error)]
}

/** Whether it takes no more than room: work that waits for it can go on by itself. */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes(codeOf(error))
}

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

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
