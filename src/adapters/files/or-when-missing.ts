import { isMissing } from './error-code.ts'

/** What a file system call gives, or something else where there is nothing of that name. */
export async function orWhenMissing<Value, Other>(work: Promise<Value>, other: Other): Promise<Value | Other> {
  try {
    return await work
  } catch (error) {
    if (isMissing(error)) return other
    throw error
  }
}
