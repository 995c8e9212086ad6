import type { SelectionRule } from './selection-rule.ts'
import { trainPassThenVotes } from './train-pass-then-votes.ts'
import { votesAlone } from './votes-alone.ts'

/** The rule used in results files and reports. */
export const standardRule: SelectionRule = trainPassThenVotes

/** All rules. To add one, add its file and its name here. */
export const selectionRules: readonly SelectionRule[] = [trainPassThenVotes, votesAlone]

/** What is stored with a selection. */
export function nameRule({ name, version }: SelectionRule): { readonly name: string; readonly version: number } {
  return { name, version }
}
