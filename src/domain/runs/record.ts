import type { ServedBy } from '../answers/served-by.ts'
import { sameGrid, type Grid } from '../grids/grid.ts'
import type { Usage } from '../models/usage.ts'
import type { Outcome } from '../recipes/recipe.ts'
import type { ItemReference } from '../tasks/item.ts'
import type { TaskPairs } from '../tasks/task.ts'
import type { ProgramLimits } from './program-limits.ts'
import type { Verdict } from './verdict.ts'

/** The verdict on one pair, with its details. */
export interface PairVerdict {
  readonly verdict: Verdict
  /** For people and for feedback: untrusted text of the program, capped. */
  readonly message?: string
  readonly error_type?: string
  /** Line of the program, from 1. */
  readonly line?: number
  /** The limit that decided this verdict; absent if none did. */
  readonly limit?: keyof ProgramLimits
  readonly cells_right: number
  readonly cells: number
}

/** What ran the programs: level of the sandbox, interpreter, versions. */
export type SandboxDescription = Readonly<Record<string, string>>

/** A sandbox, with the attacks that it withstood before its first program. */
export interface SandboxProof {
  readonly description: SandboxDescription
  readonly withstood: readonly string[]
}

/** A worker's report on its sandbox: what it withstood, or why programs do not run there and how to fix that. */
export type WorkerSandbox = SandboxProof | { readonly missing: string; readonly mend: string }

/** What a program's function was given: lists of integers, or numpy arrays. */
export type GridsAs = 'list' | 'array'

/** The result of running one program on all train pairs and then all test pairs. */
export interface ProgramVerdict {
  readonly verdict: Verdict
  readonly pairs: readonly PairVerdict[]
  /** What it returned for each pair, in the same order; null if that was not a grid. */
  readonly outputs: readonly (Grid | null)[]
  readonly train_correct: boolean
  readonly test_correct: boolean
  /** Evidence beside the verdict: whether a second run, with one fork per grid, gave the same; null if there was none. */
  readonly deterministic: boolean | null
  /** The function that was called, null if none was found. Untrusted text. Absent from older records, like the next. */
  readonly function?: string | null
  /** The same for all pairs. */
  readonly grids_as?: GridsAs
  readonly printed: string
  readonly cpu_seconds: number
  readonly wall_seconds: number
}

/** One refinement turn of a sample: the first request, or one of those sent with feedback. */
export interface RoundRecord {
  /** Keys of the answers: one, or one per test input for recipes that ask that way. */
  readonly answers: readonly string[]
  readonly outcomes: readonly Outcome[]
  readonly program: string | null
  /** SHA-256 of the program's source in hex: equal programs have equal hashes. */
  readonly program_hash: string | null
  /** Null if there was no program to run. */
  readonly run: ProgramVerdict | null
  /** For recipes that ask for a grid: the one answered for each test input, null if there is none. Absent for the others. */
  readonly grids?: readonly (Grid | null)[]
  readonly sandbox: SandboxDescription | null
  /** Who answered its requests, each once. Absent from older records. */
  readonly served_by?: readonly ServedBy[]
  readonly time_seconds: number
  readonly usage: Usage
  readonly cost_usd: number | null
}

export interface SampleRecord {
  readonly rounds: readonly RoundRecord[]
  /** Index of the selected round: the first that passes all train pairs, otherwise the one closest to it. */
  readonly chosen: number
}

/** The finished state of one item in a run, `records/<item key>.json`: scores are computed from it alone. */
export interface ItemRecord {
  readonly run_id: string
  readonly item: ItemReference
  /** The limits of each program. Absent from older records. */
  readonly limits?: ProgramLimits
  /** N of them. */
  readonly samples: readonly SampleRecord[]
  readonly started_at: string
  readonly recorded_at: string
}

/** Whether the provider rejected one of an item's requests: only such an item can be asked again. */
export function hasRejection({ samples }: ItemRecord): boolean {
  return samples.some(({ rounds }) => rounds.some(({ outcomes }) => outcomes.includes('rejected')))
}

/** A sample's selected round: the first with all train pairs right, otherwise the most train cells, the earlier on a tie. */
export function chooseRound(rounds: readonly RoundRecord[], trainPairs: number): number {
  const passing = rounds.findIndex((round) => round.run?.train_correct === true)
  if (passing >= 0) return passing
  const cells = rounds.map((round) => countTrainCells(round, trainPairs))
  return Math.max(0, cells.indexOf(Math.max(...cells)))
}

/** Cells right over all train pairs; -1 if there was no program to run. */
export function countTrainCells({ run }: RoundRecord, trainPairs: number): number {
  return run === null ? -1 : run.pairs.slice(0, trainPairs).reduce((sum, pair) => sum + pair.cells_right, 0)
}

/** A sample's selected round. */
export function chosenRound(sample: SampleRecord): RoundRecord {
  const round = sample.rounds[sample.chosen]
  if (round === undefined)
    throw new RangeError(`a sample of ${sample.rounds.length} rounds has no round ${sample.chosen}`)
  return round
}

/**
 * A sample's output for each test input, from its program or its answer.
 *
 * @returns one per test pair; null if it gave no grid
 */
export function listTestOutputs(sample: SampleRecord, { train, test }: TaskPairs): (Grid | null)[] {
  const { run, grids } = chosenRound(sample)
  const outputs = grids ?? run?.outputs.slice(train.length) ?? []
  return test.map((_, index) => outputs[index] ?? null)
}

/** A sample is right when it gives every test output. */
export function isCorrectOnTests(sample: SampleRecord, task: TaskPairs): boolean {
  const outputs = listTestOutputs(sample, task)
  return task.test.every(({ output }, index) => sameGrid(outputs[index] ?? [], output))
}
