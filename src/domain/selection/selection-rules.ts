import type { SelectionRule } from './selection-rule.ts'
import { trainPassThenVotes } from './train-pass-then-votes.ts'
import { votesAlone } from './votes-alone.ts'

/** The rule that results files and reports go by. */
export const standardRule: SelectionRule = trainPassThenVotes

/** Every rule there is. Adding one is its file and its name here. */
export const selectionRules: readonly SelectionRule[] = [trainPassThenVotes, votesAlone]

/** What stands beside a selection. */
export function nameRule({ name, version }: SelectionRule): { readonly name: string; readonly version: number } {
  return { name, version }
}
