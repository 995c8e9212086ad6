import { benchmarkNames, findBenchmark, isEvaluationName, type BenchmarkName } from '../tasks/benchmarks.ts'
import type { PosedTask, TaskName } from '../tasks/task.ts'
import { indexKin, type FindKin, type Kin, type PrintedTask } from './kinship/index-kin.ts'
import { identifyTask, printTask, type PrintHash } from './kinship/print-task.ts'

/** Tasks reserved for measuring, by their fingerprints. */
export interface EvaluationSet {
  /** Its name in rows: a benchmark's name, or its path. */
  readonly name: string
  /** Where its tasks or their fingerprints were read from. */
  readonly path: string
  /** The benchmark whose evaluation set it is, or claims to be; undefined for somebody's own set. */
  readonly benchmark: BenchmarkName | undefined
  /** Whether its content is known to be the published one: only then does it count as a comparison with that benchmark. */
  readonly verified: boolean
  /** Whether a person named it: then it also guards against official training tasks. */
  readonly asked: boolean
  readonly tasks: readonly PrintedTask[]
}

/** Training tasks of a benchmark, published for training. */
export interface TrainingSet {
  readonly benchmark: BenchmarkName
  /** `identifyTask` of each. */
  readonly identities: ReadonlySet<string>
}

/** A task's relation to the evaluation sets. */
export interface Standing {
  /** Whether it is an evaluation task or kin to one. */
  readonly evaluation: boolean
  /** Whether every benchmark that it could be an evaluation task of was compared. */
  readonly checked: boolean
  /** Names of the sets whose content was compared. */
  readonly checkedAgainst: readonly string[]
  /** Sets that must be present before anything is exported, and are not. */
  readonly missing: readonly BenchmarkName[]
  /** The evaluation task it is kin to, if any; if `evaluation` is false, it is an official training task nevertheless. */
  readonly kin: Kin | undefined
}

export type GuardedTask = PosedTask & Pick<TaskName, 'dataset' | 'split'>

/**
 * Judges tasks one by one, by their content: a task is for evaluation if it is kin to a task of any available set,
 * whatever it and its folder are called and however it was turned, recoloured, padded or scaled; or if its split says so.
 *
 * Official training tasks, also recognised by content, are the exception: their kinship is only reported, unless
 * somebody named the set. 376 training tasks of ARC-AGI-2 are evaluation tasks of ARC-AGI-1, as its makers intended.
 */
export function createGuard(sets: readonly EvaluationSet[], trainingSets: readonly TrainingSet[], hash: PrintHash) {
  const indexed = sets.map((set) => ({ ...set, find: indexKin(set.tasks) }))
  const namedSets = indexed.filter((set) => set.asked)
  const otherSets = indexed.filter((set) => !set.asked)
  const checkedAgainst = [...new Set(sets.filter(({ verified }) => verified).map(({ name }) => name))].sort()
  const isVerified = (name: BenchmarkName) => sets.some(({ benchmark, verified }) => verified && benchmark === name)
  const isHere = (name: BenchmarkName) => sets.some(({ benchmark }) => benchmark === name)

  return function judge(task: GuardedTask): Standing {
    const prints = printTask(task, hash)
    const identity = identifyTask(prints, hash)
    const origins = trainingSets.filter(({ identities }) => identities.has(identity)).map(({ benchmark }) => benchmark)
    const benchmark = findBenchmark(task.dataset)?.name
    const askedKin = findKin(namedSets, prints)
    const otherKin = findKin(otherSets, prints)
    const byName = isEvaluationName(task)
    const neededNames =
      origins.length === 0 ? benchmarkNames : [origins.find((name) => name === benchmark) ?? origins[0] ?? 'arcloom']
    return {
      evaluation: byName || askedKin !== undefined || (otherKin !== undefined && origins.length === 0),
      checked: neededNames.every(isVerified),
      checkedAgainst,
      missing: byName ? [] : (benchmark === undefined ? neededNames : [benchmark]).filter((name) => !isHere(name)),
      kin: askedKin ?? otherKin,
    }
  }
}

/** A task that shares a pair takes precedence over one that is near. */
function findKin(sets: readonly { readonly find: FindKin }[], prints: Parameters<FindKin>[0]): Kin | undefined {
  const kin = sets.flatMap(({ find }) => find(prints) ?? [])
  return kin.find(({ kinship }) => kinship === 'shared-pair') ?? kin[0]
}

/** A task for people: `arc-agi-2/evaluation/0934a4d8`. */
export function nameTask({ dataset, split, taskId }: TaskName): string {
  return `${dataset}/${split}/${taskId}`
}
