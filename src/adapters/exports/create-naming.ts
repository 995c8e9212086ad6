import type { ItemReference } from '../../domain/tasks/item.ts'
import { hashText } from '../files/hash.ts'

/** The names of items in an export, each unique in it. */
export interface ItemNames {
  /** A key in JSON, which may be any text. */
  readonly key: (item: ItemReference) => string
  /** A file name without its extension. */
  readonly file: (item: ItemReference) => string
}

/** Most file systems allow 255 bytes; an extension follows. */
const maxFileBytes = 240

/** Windows reserves these for devices, and ARC Prize's scorer skips `results.json`, which it writes itself. */
const reservedNames = /^(?:con|prn|aux|nul|com\d|lpt\d|results)(?:\.|$)/i

/**
 * Names each item after its task, because scorers look tasks up by their ids. An item is named by its key instead where two items
 * would get the same name or, for files, where the id cannot be a file name; a hash is added where the key is taken too.
 */
export function createNaming(items: readonly ItemReference[]): ItemNames {
  return {
    key: nameAll(
      items,
      () => true,
      (name) => name,
    ),
    // On file systems that ignore case, two names that differ only in case would be one file.
    file: nameAll(items, isFileName, (name) => name.normalize('NFC').toLowerCase()),
  }
}

function nameAll(
  items: readonly ItemReference[],
  isPossible: (name: string) => boolean,
  fold: (name: string) => string,
): (item: ItemReference) => string {
  const byId = Map.groupBy(items, ({ task_id }) => fold(task_id))
  const isFree = ({ task_id }: ItemReference) => isPossible(task_id) && byId.get(fold(task_id))?.length === 1
  const takenNames = new Set(items.filter(isFree).map(({ task_id }) => fold(task_id)))
  const names = new Map<string, string>()
  for (const item of items) {
    if (isFree(item)) continue
    const { key, task_id } = item
    const isUsable = isPossible(key) && !takenNames.has(fold(key))
    const name = isUsable ? key : `${key}-${hashText(`${key} ${task_id}`).slice(0, 16)}`
    takenNames.add(fold(name))
    names.set(key, name)
  }
  return ({ key, task_id }) => names.get(key) ?? task_id
}

function isFileName(name: string): boolean {
  return (
    /^[^\s./\\<>:"|?*\p{Cc}\p{Cs}][^/\\<>:"|?*\p{Cc}\p{Cs}]*(?<![\s.])$/u.test(name) &&
    !reservedNames.test(name) &&
    Buffer.byteLength(name) <= maxFileBytes
  )
}
