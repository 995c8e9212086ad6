import type { ExportRow } from './training-format.ts'

/** Texts that one row has and another lacks. */
const sometimesAbsent: ReadonlySet<string> = new Set([
  'derived_from',
  'kin_to',
  'kinship',
  'verdict',
  'program_hash',
  'copied_outputs',
])

/**
 * Puts an empty text where there is none. Hugging Face's `datasets` takes the type of each field from the first rows of a file,
 * and fails at the first text where these had null.
 */
export function fillTexts(description: ExportRow): ExportRow {
  return Object.fromEntries(
    Object.entries(description).map(([name, value]) => [name, sometimesAbsent.has(name) ? (value ?? '') : value]),
  )
}
