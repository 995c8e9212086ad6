import { featureFamilies } from '../features/list-features.ts'
import { keepsSize } from '../grids.ts'
import type { Rule } from '../learn-tables.ts'
import type { Operation } from '../operation.ts'
import { lookUpPython, proposeLookUps, settleLookUp, type Source } from './look-up.ts'

const cells: Source = {
  operation: 'look_up',
  unchanged: 'stays as it is',
  columns: featureFamilies.flatMap((family) => family.features),
  base: (grid) => grid,
}

/**
 * Learns from the train pairs what each cell becomes, given a few features of it.
 *
 * One family covers many rules: growing, outlining, filling, connecting, casting rays, mirroring and recolouring objects by their
 * properties can all be learned as tables.
 */
export const cellTable: Operation = {
  name: 'look_up',
  python: lookUpPython,
  propose: (evidence, isLate) => (keepsSize(evidence.train) ? proposeLookUps(cells, evidence, isLate) : []),
  examples: cells.columns.map(({ isColour }, index) => {
    const toRule = (value: number): Rule => (isColour && value > 0 ? { copy: index } : { symbol: 8 - value })
    const rules = [-1, 0, 1, 2, 3, 4].map((value) => ({ key: [value], rule: toRule(value) }))
    return settleLookUp(cells, { keys: [index], rules, cost: 0 })
  }),
}
