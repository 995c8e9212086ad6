import type { ItemReference } from '../domain/tasks/item.ts'
import type { ItemName } from './documents.ts'
import { findView, listAllTasks, type Library } from './library.ts'

/** An item of a run, with the task and version of the gallery that have its content. */
export async function nameItem(
  library: Library,
  { hash, key, task_id, version, dataset, split }: ItemReference,
): Promise<ItemName> {
  const [tasks, entries] = await Promise.all([listAllTasks(library), library.dataset.read()])
  return { key, task_id, version, dataset, split, view: findView(tasks, entries, hash) ?? null }
}
