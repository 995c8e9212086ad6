import { sameGrid, type Grid } from '../../grids/grid.ts'
import { readCanonically } from '../../grids/transforms/read-canonically.ts'
import { isPair, type Pair, type PosedTask } from '../../tasks/task.ts'
import { countBits } from './count-bits.ts'
import { listParts } from './list-parts.ts'
import { normalForm } from './normal-form.ts'

/** A short hash of a text, always of the same length. */
export type PrintHash = (text: string) => string

/** Fingerprints, with the bits of information in each. */
type Parts = ReadonlyMap<string, number>

/**
 * A task's fingerprints: hashes of canonical readings, unchanged by symmetries and permutations of symbols, from
 * which no task can be read back.
 */
export interface TaskPrints {
  /** One per pair whose output is known. */
  readonly pairs: readonly string[]
  /** The same with input and output exchanged. */
  readonly exchangedPairs: readonly string[]
  /**
   * The parts of the pairs: each pair in its normal form, each grid, its strips, and the strips of its normal form. Parts
   * with too little information are left out.
   */
  readonly parts: Parts
  /** Each pair in its normal form, with input and output exchanged. */
  readonly exchangedForms: Parts
}

/** Anything with less information is found everywhere. */
const minPartBits = 6

export function printTask({ train, test }: PosedTask, hash: PrintHash): TaskPrints {
  const pairs = [...train, ...test.filter(isPair)]
  const exchanged = pairs.map(({ input, output }) => ({ input: output, output: input }))
  const printPair = ({ input, output }: Pair) => hash(`pair ${readCanonically([input, output])}`)
  const grids = pairs.flatMap(({ input, output }) => [input, output]).flatMap(listForms)
  return {
    pairs: pairs.map(printPair),
    exchangedPairs: exchanged.map(printPair),
    parts: new Map([
      ...pairs.flatMap((pair) => printForm(pair, hash)),
      ...grids.flatMap(listParts).flatMap((part) => printTelling('part', [part], hash)),
    ]),
    exchangedForms: new Map(exchanged.flatMap((pair) => printForm(pair, hash))),
  }
}

/** Identifies a whole task, regardless of the order of its pairs and of train or test. */
export function identifyTask({ pairs }: Pick<TaskPrints, 'pairs'>, hash: PrintHash): string {
  return hash(`task ${pairs.toSorted().join(' ')}`)
}

function listForms(grid: Grid): Grid[] {
  const normal = normalForm(grid)
  return sameGrid(grid, normal) ? [grid] : [grid, normal]
}

function printForm({ input, output }: Pair, hash: PrintHash): (readonly [string, number])[] {
  return printTelling('form', [normalForm(input), normalForm(output)], hash)
}

/** @returns none if the grids have too little information */
function printTelling(kind: string, grids: readonly Grid[], hash: PrintHash): (readonly [string, number])[] {
  const bits = grids.reduce((sum, grid) => sum + countBits(grid), 0)
  return bits < minPartBits ? [] : [[hash(`${kind} ${readCanonically(grids)}`), bits]]
}
