import { sameGrid, type Grid } from '../grids/grid.ts'
import type { Usage } from '../models/usage.ts'
import type { Outcome } from '../recipes/recipe.ts'
import type { ItemReference } from '../tasks/item.ts'
import type { TaskPairs } from '../tasks/task.ts'
import type { ProgramLimits } from './program-limits.ts'
import type { Verdict } from './verdict.ts'

/** What came of one pair, and the facts behind it. */
export interface PairVerdict {
  readonly verdict: Verdict
  /** For people and for feedback: untrusted text of the program, capped. */
  readonly message?: string
  readonly error_type?: string
  /** Line of the program, from 1. */
  readonly line?: number
  /** The limit that decided this verdict; absent where none did. */
  readonly limit?: keyof ProgramLimits
  readonly cells_right: number
  readonly cells: number
}

/** What ran the programs: level of the sandbox, interpreter, versions. */
export type SandboxDescription = Readonly<Record<string, string>>

/** A sandbox, and the attacks that it withstood before its first program. */
export interface SandboxProof {
  readonly description: SandboxDescription
  readonly withstood: readonly string[]
}

/** What a worker says of its sandbox: how it withstood, or why programs do not run there and what mends that. */
export type WorkerSandbox = SandboxProof | { readonly missing: string; readonly mend: string }

/** What a program's function was handed: lists of integers, or numpy arrays. */
export type GridsAs = 'list' | 'array'

/** What running one program gave, on all train pairs and then all test pairs. */
export interface ProgramVerdict {
  readonly verdict: Verdict
  readonly pairs: readonly PairVerdict[]
  /** What it returned for each pair, in the same order; null where that was no grid. */
  readonly outputs: readonly (Grid | null)[]
  readonly train_correct: boolean
  readonly test_correct: boolean
  /** Evidence beside the verdict: whether a second run, one fork per grid, gave the same; null where there was none. */
  readonly deterministic: boolean | null
  /** The function that was called, and null where none was found. Untrusted text. Absent from older records, like the next. */
  readonly function?: string | null
  /** The same for all pairs. */
  readonly grids_as?: GridsAs
  readonly printed: string
  readonly cpu_seconds: number
  readonly wall_seconds: number
}

/** One refinement turn of a sample: the first request, or one of those that went back with feedback. */
export interface RoundRecord {
  /** Keys of the answers: one, or one per test input for recipes that ask so. */
  readonly answers: readonly string[]
  readonly outcomes: readonly Outcome[]
  readonly program: string | null
  /** SHA-256 of the program's text in hex: equal programs are told by it. */
  readonly program_hash: string | null
  /** Null where there was no program to run. */
  readonly run: ProgramVerdict | null
  /** Of recipes that ask for a grid: the one answered to each test input, null where there is none. Absent for the others. */
  readonly grids?: readonly (Grid | null)[]
  readonly sandbox: SandboxDescription | null
  readonly time_seconds: number
  readonly usage: Usage
  readonly cost_usd: number | null
}

export interface SampleRecord {
  readonly rounds: readonly RoundRecord[]
  /** Which of `rounds` stands for the sample: the first that passes all train pairs, else the one nearest to it. */
  readonly chosen: number
}

/** The finished state of one item in a run, `records/<item key>.json`: everything that scores are computed from. */
export interface ItemRecord {
  readonly run_id: string
  readonly item: ItemReference
  /** What each program might use. Absent from older records. */
  readonly limits?: ProgramLimits
  /** N of them. */
  readonly samples: readonly SampleRecord[]
  readonly started_at: string
  readonly recorded_at: string
}

/** Whether the provider would not take one of an item's requests: only such an item can be asked again. */
export function hasRejection({ samples }: ItemRecord): boolean {
  return samples.some(({ rounds }) => rounds.some(({ outcomes }) => outcomes.includes('rejected')))
}

/** The round of a sample whose program counts: the first with all train pairs right, else most train cells, the earlier on a tie. */
export function chooseRound(rounds: readonly RoundRecord[], trainPairs: number): number {
  const passing = rounds.findIndex((round) => round.run?.train_correct === true)
  if (passing >= 0) return passing
  const cells = rounds.map((round) => countTrainCells(round, trainPairs))
  return Math.max(0, cells.indexOf(Math.max(...cells)))
}

/** Cells right over all train pairs; -1 where there was no program to run. */
export function countTrainCells({ run }: RoundRecord, trainPairs: number): number {
  return run === null ? -1 : run.pairs.slice(0, trainPairs).reduce((sum, pair) => sum + pair.cells_right, 0)
}

/** The round that stands for a sample. */
export function chosenRound(sample: SampleRecord): RoundRecord {
  const round = sample.rounds[sample.chosen]
  if (round === undefined)
    throw new RangeError(`a sample of ${sample.rounds.length} rounds has no round ${sample.chosen}`)
  return round
}

/**
 * What a sample gives for each test input, whether by its program or in so many words.
 *
 * @returns one per test pair; null where it gave no grid
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
