import { isEvaluationSplit, type BenchmarkName } from '../benchmarks.ts'
import type { Item } from '../item.ts'
import type { Task } from '../task.ts'
import { fingerprintTask, shareHalf } from '../transforms/are-kin.ts'

/** Tasks that are kept for measuring. */
export interface EvaluationSet {
  /** Where it was read. */
  readonly path: string
  /** Whose evaluation set it is; undefined: somebody's own. */
  readonly benchmark: BenchmarkName | undefined
  /** Whether a person named it: then it guards every item. */
  readonly asked: boolean
  readonly tasks: readonly Task[]
}

/** What an item is to the evaluation sets. */
export interface Standing {
  /** Whether it is an evaluation task or kin to one of a set that guards it. */
  readonly evaluation: boolean
  /** Whether all sets that guard the run's items were here to compare with: without them `evaluation: false` says little. */
  readonly checked: boolean
  /** The task it is kin to; of a set that does not guard it where there is no other. */
  readonly kin: Task | undefined
}

type FindKin = (prints: readonly string[]) => Task | undefined

/**
 * Judges items one by one. An item is an evaluation task when its split says so, or when it is kin to a task of a set that
 * guards it, whatever it is called and however it was turned and recoloured. A set guards an item when somebody asked for it,
 * when it is the evaluation set of the item's own benchmark, or when nobody knows what the item is of. Kinship to another
 * benchmark's set is told and no more: 376 training tasks of ARC-AGI-2 are evaluation tasks of ARC-AGI-1, as its makers meant.
 *
 * @param isComplete whether every set that guards one of the items is among `sets`
 */
export function createGuard(sets: readonly EvaluationSet[], isComplete: boolean) {
  const indexed = sets.map((set) => ({ set, findKin: indexKin(set.tasks) }))
  return function judge(item: Item, origin: BenchmarkName | undefined): Standing {
    const prints = fingerprintTask(item)
    const find = (among: readonly { readonly findKin: FindKin }[]) =>
      among.map(({ findKin }) => findKin(prints)).find((task) => task !== undefined)
    const guards = ({ asked, benchmark }: EvaluationSet) => asked || origin === undefined || benchmark === origin
    const guarded = find(indexed.filter(({ set }) => guards(set)))
    const evaluation = isEvaluationSplit(item.split) || guarded !== undefined
    return { evaluation, checked: isComplete, kin: guarded ?? find(indexed.filter(({ set }) => !guards(set))) }
  }
}

/** Kin share a fingerprint, so only tasks that have one in common are compared. */
function indexKin(tasks: readonly Task[]): FindKin {
  const fingerprints = new Map(tasks.map((task) => [task, fingerprintTask(task)]))
  const byPrint = new Map<string, Task[]>()
  for (const [task, prints] of fingerprints) {
    for (const print of new Set(prints)) byPrint.set(print, [...(byPrint.get(print) ?? []), task])
  }
  return (prints) => {
    const candidates = new Set(prints.flatMap((print) => byPrint.get(print) ?? []))
    return [...candidates].find((task) => shareHalf(prints, fingerprints.get(task) ?? []))
  }
}

/** A task for people: `arc-agi-2/evaluation/0934a4d8`. */
export function nameKin({ dataset, split, taskId }: Task): string {
  return `${dataset}/${split}/${taskId}`
}
