import { readdirSync } from 'node:fs'
import { isMissing } from './error-code.ts'

/** Names in a folder; none where it is missing: a data folder may be removed by hand while its stack ends. */
export function listNames(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
