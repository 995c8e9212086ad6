import type { AnsweredCall } from '../answers/read-calls.ts'
import { listServers, type ServedBy } from '../answers/served-by.ts'
import { findCopiedOutputs, type CopiedOutput } from '../evidence/find-copied-outputs.ts'
import { listLiterals } from '../evidence/list-literals.ts'
import { countRightCells, type Grid } from '../grids/grid.ts'
import type { Usage } from '../models/usage.ts'
import type { Message, Outcome } from '../recipes/recipe.ts'
import { findFirstFault, type PairFault } from '../runs/find-first-fault.ts'
import {
  chosenRound,
  isCorrectOnTests,
  listTestOutputs,
  type GridsAs,
  type ItemRecord,
  type RoundRecord,
  type SampleRecord,
} from '../runs/record.ts'
import { selectAttempts } from '../selection/select-attempts.ts'
import { nameRule, standardRule } from '../selection/selection-rules.ts'
import type { Item } from '../tasks/item.ts'
import { explainVerification } from './explain-verification.ts'

/** One request of a `direct` sample, as in a results file. */
interface ShownCall {
  readonly prompt_messages: readonly Message[]
  readonly reasoning: string
  readonly output_grid: Grid | null
  readonly outcome: Outcome
  /** Why nothing could be read from the answer, if its text does not show it: the content was empty, for example. */
  readonly answer_problem: string | null
  readonly usage: Usage
  readonly cost_usd: number | null
  readonly finish_reason: string | null
  readonly served_by: ServedBy
  readonly request_id: string | null
  readonly answer_key: string
  readonly generation_time_seconds: number
}

/** How an answered grid compares with the output; null if there is no grid. */
interface Comparison {
  readonly same_size: boolean
  readonly cells_right: number
  readonly cells: number
}

/**
 * One entry of a results file. The names up to `total_processing_time_seconds` are those of the Python original, so that
 * its tools can read these files; all per-sample fields are lists of N.
 */
export interface ResultsEntry {
  readonly task_id: string
  readonly version: number
  readonly timestamp: string
  readonly task_data: Pick<Item, 'train' | 'test'>
  readonly best_of: number
  readonly prompt_messages: readonly (readonly Message[])[]
  readonly reasoning: readonly string[]
  readonly python_code: readonly (string | null)[]
  readonly output_grid: readonly (readonly (Grid | null)[])[]
  readonly answer_correct: readonly boolean[]
  readonly generation_time_seconds: readonly number[]
  readonly verification_success: readonly boolean[]
  readonly verification_reason: readonly string[]
  readonly verification_time_seconds: readonly number[]
  readonly total_processing_time_seconds: number
  readonly run_id: string
  readonly item: string
  readonly model: string
  /** Per sample; if it took several requests, the first outcome that is not `answered`, if any. */
  readonly outcomes: readonly Outcome[]
  /** Per sample, why nothing could be read from the answer, if its text does not show it. */
  readonly answer_problems: readonly (string | null)[]
  readonly usage: readonly Usage[]
  readonly cost_usd: readonly (number | null)[]
  /** Why the provider refused one of the sample's requests, in its words; null if it accepted them all. */
  readonly rejections: readonly (string | null)[]
  readonly finish_reason: readonly (string | null)[]
  /** Per sample, who answered its requests, each once; of older records, those of the selected round. */
  readonly served_by: readonly (readonly ServedBy[])[]
  readonly request_id: readonly (string | null)[]
  /** Of the first request of each sample. */
  readonly answer_key: readonly string[]
  /** Per sample, the verdict on each pair, train pairs first; empty if there was no program. */
  readonly verdicts: readonly (readonly string[])[]
  /** Per sample, the first pair its program gets wrong; null if it is right on all, or there is none. */
  readonly first_fault: readonly (PairFault | null)[]
  /** Per sample, what its program's function was given; null if none was called. */
  readonly grids_as: readonly (GridsAs | null)[]
  readonly train_correct: readonly boolean[]
  /** Evidence beside the verdict, in no score: whether a second run gave the same, null if there was none. */
  readonly deterministic: readonly (boolean | null)[]
  /** Outputs of the task that are written into the program: only a suspicion. */
  readonly copied_outputs: readonly (readonly CopiedOutput[])[]
  /** Per sample, its program's output for each train pair, which attempts are selected by; empty if none ran. */
  readonly train_outputs: readonly (readonly (Grid | null)[])[]
  /** Number of data values written into the program; null if there is none. */
  readonly literal_values: readonly (number | null)[]
  readonly test_outputs: readonly (readonly (Grid | null)[])[]
  /** Per test input, its attempts (at most two), best first, selected by train pairs alone. */
  readonly selected: readonly (readonly Grid[])[]
  readonly selection_rule: ReturnType<typeof nameRule>
  /** `direct` samples only: their requests, one per test input, and how each grid compares. */
  readonly calls?: readonly (readonly ShownCall[])[]
  readonly comparison_details?: readonly (readonly (Comparison | null)[])[]
  readonly dataset: string
  readonly split: string
  readonly task_hash: string
}

/** @param calls per sample of the record, the requests of its selected round */
export function renderResultsEntry(
  record: ItemRecord,
  item: Item,
  model: string,
  calls: readonly (readonly AnsweredCall[])[],
): ResultsEntry {
  const rounds = record.samples.map(chosenRound)
  const generation = record.samples.map((sample) => sum(sample.rounds.map((round) => round.time_seconds)))
  const verification = record.samples.map((sample) => sum(sample.rounds.map((round) => round.run?.wall_seconds ?? 0)))
  const testOutputs = record.samples.map((sample) => listTestOutputs(sample, item))
  const right = record.samples.map((sample) => isCorrectOnTests(sample, item))
  const first = calls.map((sample) => sample[0])
  const direct = rounds.some((round) => round.grids !== undefined)
  return {
    task_id: item.task_id,
    version: item.version,
    timestamp: record.recorded_at,
    task_data: { train: item.train, test: item.test },
    best_of: record.samples.length,
    prompt_messages: first.map((call) => call?.messages ?? []),
    reasoning: calls.map((sample) => sample.map((call) => call.reasoning).join('\n\n')),
    python_code: rounds.map((round) => round.program),
    output_grid: testOutputs,
    answer_correct: right,
    generation_time_seconds: generation,
    verification_success: right,
    verification_reason: record.samples.map((sample) => explainVerification(sample, item)),
    verification_time_seconds: verification,
    total_processing_time_seconds: sum([...generation, ...verification]),
    run_id: record.run_id,
    item: item.key,
    model,
    outcomes: rounds.map(summarizeOutcome),
    answer_problems: calls.map((sample) => sample.find((call) => call.problem !== undefined)?.problem ?? null),
    usage: rounds.map((round) => round.usage),
    cost_usd: rounds.map((round) => round.cost_usd),
    rejections: calls.map((sample) => sample.find(({ answer }) => answer.rejected !== null)?.answer.rejected ?? null),
    finish_reason: first.map((call) => call?.reply?.finishReason ?? null),
    served_by: record.samples.map((sample, index) => listServersOf(sample, calls[index] ?? [])),
    request_id: first.map((call) => call?.answer.request_id ?? null),
    answer_key: first.map((call) => call?.answer.key ?? ''),
    verdicts: rounds.map((round) => round.run?.pairs.map((pair) => pair.verdict) ?? []),
    first_fault: rounds.map((round) => findFirstFault(round, item.train.length)),
    grids_as: rounds.map((round) => round.run?.grids_as ?? null),
    train_correct: rounds.map((round) => round.run?.train_correct ?? false),
    deterministic: rounds.map((round) => round.run?.deterministic ?? null),
    copied_outputs: rounds.map(({ program }) => (program === null ? [] : findCopiedOutputs(program, item))),
    train_outputs: rounds.map(({ run }) => run?.outputs.slice(0, item.train.length) ?? []),
    literal_values: rounds.map(({ program }) => (program === null ? null : listLiterals(program).dataValues)),
    test_outputs: testOutputs,
    selected: selectAttempts(record, item),
    selection_rule: nameRule(standardRule),
    ...(direct && {
      calls: calls.map((sample, index) =>
        sample.map((call, test) => showCall(call, testOutputs[index]?.[test] ?? null)),
      ),
      comparison_details: testOutputs.map((outputs) =>
        item.test.map((pair, test) => compare(outputs[test], pair.output)),
      ),
    }),
    dataset: item.dataset,
    split: item.split,
    task_hash: item.hash,
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function listServersOf({ rounds }: SampleRecord, calls: readonly AnsweredCall[]): ServedBy[] {
  const recorded = rounds.flatMap(({ served_by }) => served_by ?? [])
  return listServers(recorded.length > 0 ? recorded : calls.map(({ servedBy }) => servedBy))
}

function summarizeOutcome({ outcomes }: RoundRecord): Outcome {
  return outcomes.find((outcome) => outcome !== 'answered') ?? 'answered'
}

function showCall(call: AnsweredCall, grid: Grid | null): ShownCall {
  const { answer, servedBy, reply, outcome, problem, reasoning, messages } = call
  return {
    prompt_messages: messages,
    reasoning,
    output_grid: grid,
    outcome,
    answer_problem: problem ?? null,
    usage: answer.usage,
    cost_usd: answer.cost_usd,
    finish_reason: reply?.finishReason ?? null,
    served_by: servedBy,
    request_id: answer.request_id,
    answer_key: answer.key,
    generation_time_seconds: answer.time_seconds,
  }
}

function compare(grid: Grid | null | undefined, expected: Grid): Comparison | null {
  if (!grid) return null
  return {
    same_size: grid.length === expected.length && grid[0]?.length === expected[0]?.length,
    cells_right: countRightCells(grid, expected),
    cells: expected.length * (expected[0]?.length ?? 0),
  }
}
