import { pickPairs, samePairs, type DatasetEntry } from './dataset-entry.ts'
import type { Derivation } from './derivation.ts'
import type { TaskPairs } from './task.ts'

export interface Signing {
  readonly task_id: string
  /** The task as published. */
  readonly base: TaskPairs
  /** The signed content, and how it was made; null for the base itself. */
  readonly derived: { readonly pairs: TaskPairs; readonly from: Derivation } | null
  readonly signer: string
}

export type Signed =
  /** The version is new. */
  | { readonly outcome: 'added'; readonly entry: DatasetEntry }
  /** A version with the same content exists and has one more signer. If it had been removed, it is back under its number. */
  | { readonly outcome: 'signed'; readonly entry: DatasetEntry }
  /** They had signed it already. */
  | { readonly outcome: 'unchanged'; readonly entry: DatasetEntry }
  /** The id has another base: 391 ids name one task in ARC-AGI-1 and another in ARC-AGI-2. */
  | { readonly outcome: 'other-task'; readonly entry: DatasetEntry }

/**
 * The effect of a signature on a dataset. Equal content is one version, however it was made; a new version gets the number
 * after the highest that its task ever had, including removed ones.
 *
 * @param removedEntries entries that were removed at some time
 */
export function signVersion(
  entries: readonly DatasetEntry[],
  removedEntries: readonly DatasetEntry[],
  signing: Signing,
): Signed {
  const { task_id, derived, signer } = signing
  const pairs = derived?.pairs ?? signing.base
  const isOfTask = (entry: DatasetEntry) => entry.task_id === task_id
  const versions = entries.filter(isOfTask)
  const everRemoved = removedEntries.filter(isOfTask)
  const base = versions.find(({ version }) => version === 0)
  if (base !== undefined && !samePairs(base, signing.base)) return { outcome: 'other-task', entry: base }

  const present = versions.find((entry) => samePairs(entry, pairs))
  if (present?.signed_by.includes(signer)) return { outcome: 'unchanged', entry: present }
  const isFree = ({ version }: DatasetEntry) => versions.every((entry) => entry.version !== version)
  const twin = present ?? everRemoved.findLast((entry) => isFree(entry) && samePairs(entry, pairs))
  if (twin !== undefined) return { outcome: 'signed', entry: addSigner(twin, signer) }

  const isBase = derived === null || samePairs(pairs, signing.base)
  const version = isBase ? 0 : nextVersion([...versions, ...everRemoved])
  const entry = { task_id, version, ...pickPairs(pairs), signed_by: [signer] }
  return { outcome: 'added', entry: isBase ? entry : { ...entry, derived_from: derived.from } }
}

function addSigner(entry: DatasetEntry, signer: string): DatasetEntry {
  return { ...entry, signed_by: [...new Set([...entry.signed_by, signer])] }
}

function nextVersion(everGiven: readonly DatasetEntry[]): number {
  return 1 + Math.max(0, ...everGiven.map(({ version }) => version))
}
