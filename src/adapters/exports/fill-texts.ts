import type { ExportRow } from './training-format.ts'

/** Texts that some rows have and others lack. */
const sometimesAbsent: ReadonlySet<string> = new Set([
  'derived_from',
  'kin_to',
  'kinship',
  'verdict',
  'program_hash',
  'copied_outputs',
])

/**
 * Replaces missing texts with empty ones. Hugging Face's `datasets` infers the type of each field from the first rows of a file,
 * and fails at the first text if those had null.
 */
export function fillTexts(description: ExportRow): ExportRow {
  return Object.fromEntries(
    Object.entries(description).map(([name, value]) => [name, sometimesAbsent.has(name) ? (value ?? '') : value]),
  )
}
