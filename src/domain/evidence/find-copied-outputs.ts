import { sameGrid, type Grid } from '../grids/grid.ts'
import type { Pair, TaskPairs } from '../tasks/task.ts'
import { listGridLiterals } from './list-grid-literals.ts'
import { listLiterals } from './list-literals.ts'
import { listChanges } from './measure-literal-data.ts'

/** An output of the task that is written into a program. */
export interface CopiedOutput {
  /** `train 1` or `test 1`, counted from 1. */
  readonly pair: string
  /** Line of the program, from 1. */
  readonly line: number
}

/** Smaller outputs, and those of one symbol, occur in honest programs by chance. */
const fewestCells = 6

/**
 * Finds outputs written into a program: a sign that it knows answers rather than the rule. Only a suspicion (some
 * rules do draw a fixed pattern), so it is reported beside the verdict and changes no score. A test output was never shown to
 * the model: one that is in a program was known before, or is constant over the task.
 *
 * An output may be there as rows, as all its cells in sequence, or as the cells in which it differs from its input.
 */
export function findCopiedOutputs(program: string, { train, test }: TaskPairs): CopiedOutput[] {
  const pairs = [
    ...train.map((pair, index) => ({ pair: `train ${index + 1}`, ...pair })),
    ...test.map((pair, index) => ({ pair: `test ${index + 1}`, ...pair })),
  ].filter(({ output }) => isTelling(output))
  if (pairs.length === 0) return []
  const copies = [
    ...listGridLiterals(program).flatMap(({ grid, line }) =>
      pairs.filter(({ output }) => sameGrid(grid, output)).map(({ pair }) => ({ pair, line })),
    ),
    ...findFlat(program, pairs),
  ]
  return keepFirst(copies)
}

interface NamedPair extends Pair {
  readonly pair: string
}

function findFlat(program: string, pairs: readonly NamedPair[]): CopiedOutput[] {
  const cells = pairs.map(({ output }) => output.flat().join())
  const changes = pairs.map(({ input, output }) => listTellingChanges(input, output))
  return listLiterals(program).literals.flatMap(({ values, line }) => {
    const flat = values.join()
    const triples = changes.some((each) => each.length > 0 && 3 * each.length <= values.length)
      ? listTriples(values)
      : []
    return pairs
      .filter((_, index) => flat === cells[index] || holdsAll(triples, changes[index] ?? []))
      .map(({ pair }) => ({ pair, line }))
  })
}

/** Fewer changed cells than this occur in honest programs by chance. */
const fewestChanges = 4

function listTellingChanges(input: Grid, output: Grid): readonly (readonly [number, number, number])[] {
  if (input.length !== output.length || input[0]?.length !== output[0]?.length) return []
  const changes = listChanges(input, output)
  return changes.length < fewestChanges ? [] : changes
}

/** The values in threes, in each order in which row, column and symbol may be written. */
function listTriples(values: readonly number[]): ReadonlySet<string>[] {
  const triples = Array.from({ length: Math.floor(values.length / 3) }, (_, index) =>
    values.slice(3 * index, 3 * index + 3),
  )
  return orders.map((order) => new Set(triples.map((triple) => order.map((at) => triple[at]).join())))
}

/** Row, column, symbol; column, row, symbol; symbol first. */
const orders = [
  [0, 1, 2],
  [1, 0, 2],
  [1, 2, 0],
  [2, 1, 0],
] as const

function holdsAll(triples: readonly ReadonlySet<string>[], changes: readonly (readonly number[])[]): boolean {
  return changes.length > 0 && triples.some((set) => changes.every((change) => set.has(change.join())))
}

/** A list and the one around it may both contain an output: per line, only the first one found is reported. */
function keepFirst(copies: readonly CopiedOutput[]): CopiedOutput[] {
  const names = new Set<string>()
  return copies.filter(({ pair, line }) => {
    const name = `${pair} ${line}`
    return !names.has(name) && names.add(name)
  })
}

function isTelling(grid: Grid): boolean {
  const cells = grid.flat()
  return cells.length >= fewestCells && new Set(cells).size > 1
}
