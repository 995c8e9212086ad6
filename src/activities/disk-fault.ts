import { ApplicationFailure } from '@temporalio/activity'
import { failureTypes } from '../domain/runs/failure-types.ts'

const words: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission is denied',
}

/** What a person has to fix before a file can be written, in words; undefined for other kinds of failure. */
export function nameDiskFault(error: unknown): string | undefined {
  return words[codeOf(error)]
}

/** Whether it only lacks space: work that waits for space can continue by itself. */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes(codeOf(error))
}

/**
 * Reports that the store cannot be written before a request is paid for. If only space is lacking, the activity is retried and
 * waits until there is some; anything else has to be fixed by a person, so it stops the run.
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
    `The run store cannot be written: ${reason}. All answers are kept; fix this and resume the run.`,
    failureTypes.stopRun,
  )
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
