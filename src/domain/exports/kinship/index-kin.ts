import type { TaskPrints } from './print-task.ts'

/** How two tasks are related: they share a pair, or so much of their grids that one was probably made from the other. */
type Kinship = 'shared-pair' | 'near'

/** A task of an evaluation set, as indexed. */
export interface PrintedTask {
  readonly name: string
  readonly pairs: Iterable<string>
  readonly parts: Iterable<string>
}

export interface Kin {
  readonly name: string
  readonly kinship: Kinship
}

export type FindKin = (prints: TaskPrints) => Kin | undefined

/** This many parts in common, with this many bits together, are more than chance: docs/exports.md has the false alarms. */
const minNearParts = 2
const minNearBits = 30

/**
 * Looks up tasks among those of an evaluation set, by hashes alone: the cost does not grow with the set.
 *
 * One shared pair makes kin, under any symmetry and permutation of symbols. A near task shares none, but has a pair with
 * input and output exchanged, or enough parts in common: what remains of pairs that were padded, scaled, or changed in a few cells.
 */
export function indexKin(tasks: Iterable<PrintedTask>): FindKin {
  const byPair = new Map<string, Set<string>>()
  const byPart = new Map<string, Set<string>>()
  for (const { name, pairs, parts } of tasks) {
    for (const pair of pairs) byPair.set(pair, (byPair.get(pair) ?? new Set()).add(name))
    for (const part of parts) byPart.set(part, (byPart.get(part) ?? new Set()).add(name))
  }
  return ({ pairs, exchangedPairs, parts, exchangedForms }) => {
    const sharing = findMostSharing(byPair, new Map(pairs.map((pair) => [pair, 1])), 1, 1)
    if (sharing !== undefined) return { name: sharing, kinship: 'shared-pair' }
    const near =
      findMostSharing(byPair, new Map(exchangedPairs.map((pair) => [pair, 1])), 1, 1) ??
      findMostSharing(byPart, new Map([...parts, ...exchangedForms]), minNearParts, minNearBits)
    return near === undefined ? undefined : { name: near, kinship: 'near' }
  }
}

/**
 * @param weights of the parts looked up
 * @returns the name that shares the most, if that is enough in number and in weight
 */
function findMostSharing(
  byPrint: ReadonlyMap<string, ReadonlySet<string>>,
  weights: ReadonlyMap<string, number>,
  minCount: number,
  minWeight: number,
): string | undefined {
  const sums = new Map<string, { readonly count: number; readonly weight: number }>()
  for (const [print, weight] of weights) {
    for (const name of byPrint.get(print) ?? []) {
      const sum = sums.get(name) ?? { count: 0, weight: 0 }
      sums.set(name, { count: sum.count + 1, weight: sum.weight + weight })
    }
  }
  return [...sums]
    .filter(([, { count, weight }]) => count >= minCount && weight >= minWeight)
    .toSorted(([, a], [, b]) => b.weight - a.weight)[0]?.[0]
}
