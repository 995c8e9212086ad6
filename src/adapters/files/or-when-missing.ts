import { isMissing } from './error-code.ts'

/** The result of a file system call, or `other` if the file is missing. */
export async function orWhenMissing<Value, Other>(work: Promise<Value>, other: Other): Promise<Value | Other> {
  try {
    return await work
  } catch (error) {
    if (isMissing(error)) return other
    throw error
  }
}
