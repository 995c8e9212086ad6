import type { SelectionRule } from './selection-rule.ts'

/** Majority voting, ignoring train pairs: the reference for selection by train pairs. */
export const votesAlone: SelectionRule = {
  name: 'votes-alone',
  version: 1,
  compare: (a, b) => b.backers.length - a.backers.length,
}
