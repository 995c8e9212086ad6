import type { SelectionRule } from './selection-rule.ts'

/** Majority voting, blind to train pairs: what selection by train pairs is to be compared with. */
export const votesAlone: SelectionRule = {
  name: 'votes-alone',
  version: 1,
  compare: (a, b) => b.backers.length - a.backers.length,
}
