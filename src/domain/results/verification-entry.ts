import { findCopiedOutputs, type CopiedOutput } from '../evidence/find-copied-outputs.ts'
import { listLiterals } from '../evidence/list-literals.ts'
import type { Grid } from '../grids/grid.ts'
import { findFirstFault, type PairFault } from '../runs/find-first-fault.ts'
import type { ProgramSource, ProgramToVerify } from '../runs/program-to-verify.ts'
import { chosenRound, type GridsAs, type ItemRecord } from '../runs/record.ts'
import type { Item } from '../tasks/item.ts'
import { explainVerification } from './explain-verification.ts'

/**
 * One entry of a verification's results file: a task with all programs given for it. Names shared with a results entry
 * mean the same, so that such a file can be verified again. All per-program fields are lists of N.
 */
export interface VerificationEntry {
  readonly task_id: string
  readonly version: number
  readonly timestamp: string
  readonly task_data: Pick<Item, 'train' | 'test'>
  readonly best_of: number
  readonly python_code: readonly (string | null)[]
  readonly verification_success: readonly boolean[]
  readonly verification_reason: readonly string[]
  readonly verification_time_seconds: readonly number[]
  readonly run_id: string
  readonly item: string
  /** Where each program came from. */
  readonly sources: readonly ProgramSource[]
  readonly program_hash: readonly (string | null)[]
  /** Of the whole program: `correct` on every train and test pair, otherwise the first verdict that is not. */
  readonly verdict: readonly string[]
  /** Per program, the verdict on each pair, train pairs first. */
  readonly verdicts: readonly (readonly string[])[]
  /** Per program, its first pair that is not right; null if all are. */
  readonly first_fault: readonly (PairFault | null)[]
  /** Per program, the function that was called and what it was given; null if none was called. */
  readonly function: readonly (string | null)[]
  readonly grids_as: readonly (GridsAs | null)[]
  readonly train_correct: readonly boolean[]
  readonly test_correct: readonly boolean[]
  /** Evidence beside the verdict: whether a second run gave the same; null if there was none. */
  readonly deterministic: readonly (boolean | null)[]
  /** Outputs of the task that are written into the program: only a suspicion. */
  readonly copied_outputs: readonly (readonly CopiedOutput[])[]
  /** Number of data values written into the program; null if there is none. */
  readonly literal_values: readonly (number | null)[]
  readonly test_outputs: readonly (readonly (Grid | null)[])[]
  readonly dataset: string
  readonly split: string
  readonly task_hash: string
}

export function renderVerificationEntry(
  record: ItemRecord,
  item: Item,
  programs: readonly ProgramToVerify[],
): VerificationEntry {
  const rounds = record.samples.map(chosenRound)
  const trainPairs = item.train.length
  return {
    task_id: item.task_id,
    version: item.version,
    timestamp: record.recorded_at,
    task_data: { train: item.train, test: item.test },
    best_of: rounds.length,
    python_code: rounds.map((round) => round.program),
    verification_success: rounds.map((round) => round.run?.test_correct ?? false),
    verification_reason: record.samples.map((sample) => explainVerification(sample, item)),
    verification_time_seconds: rounds.map((round) => round.run?.wall_seconds ?? 0),
    run_id: record.run_id,
    item: item.key,
    sources: programs.map(({ source }) => source),
    program_hash: rounds.map((round) => round.program_hash),
    verdict: rounds.map((round) => round.run?.verdict ?? 'not-run'),
    verdicts: rounds.map((round) => round.run?.pairs.map((pair) => pair.verdict) ?? []),
    first_fault: rounds.map((round) => findFirstFault(round, trainPairs)),
    function: rounds.map((round) => round.run?.function ?? null),
    grids_as: rounds.map((round) => round.run?.grids_as ?? null),
    train_correct: rounds.map((round) => round.run?.train_correct ?? false),
    test_correct: rounds.map((round) => round.run?.test_correct ?? false),
    deterministic: rounds.map((round) => round.run?.deterministic ?? null),
    copied_outputs: rounds.map(({ program }) => (program === null ? [] : findCopiedOutputs(program, item))),
    literal_values: rounds.map(({ program }) => (program === null ? null : listLiterals(program).dataValues)),
    test_outputs: rounds.map((round) => round.run?.outputs.slice(trainPairs) ?? []),
    dataset: item.dataset,
    split: item.split,
    task_hash: item.hash,
  }
}
