import { readdirSync } from 'node:fs'
import { isMissing } from './error-code.ts'

/** Names in a folder; empty if the folder is missing: someone may remove a data folder by hand while its stack ends. */
export function listNames(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
