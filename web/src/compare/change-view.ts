import type { CompareView } from '../address/difference-views.ts'
import type { Route } from '../address/route.ts'

export type CompareRoute = Extract<Route, { readonly page: 'compare' }>

/** The name of a split in the address. */
export function nameSplit({ dataset, split }: { readonly dataset: string; readonly split: string }): string {
  return `${dataset}/${split}`
}

type Changes = { readonly [Key in keyof CompareView]?: CompareView[Key] | undefined }

/** The same comparison with another view. Undefined fields are omitted from the address. */
export function change(route: CompareRoute, changes: Changes): CompareRoute {
  const merged = Object.entries({ ...route.view, ...changes }).filter(([, value]) => value !== undefined)
  return { ...route, view: Object.fromEntries(merged) as CompareView } // Only its own fields.
}
