import type { RunRecord } from '../../domain/runs/run.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'

/** What is wrong with a list of items whose length differs from the run's specification; undefined if it does not. */
export function findLostItems(items: readonly ItemReference[], { specification }: RunRecord): string | undefined {
  const { item_count } = specification
  return items.length === item_count ? undefined : `it lists ${items.length} items, and the run has ${item_count}`
}
