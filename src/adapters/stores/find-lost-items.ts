import type { RunRecord } from '../../domain/runs/run.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'

/** What is wrong with a list of items that has another length than the run was begun with; undefined where it has the same. */
export function findLostItems(items: readonly ItemReference[], { specification }: RunRecord): string | undefined {
  const { item_count } = specification
  return items.length === item_count ? undefined : `it lists ${items.length} items, and the run has ${item_count}`
}
