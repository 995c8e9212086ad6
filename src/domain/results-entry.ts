import type { Answer } from './answer.ts'
import { explainVerification } from './explain-verification.ts'
import type { Grid } from './grid.ts'
import type { Item } from './item.ts'
import { chosenRound, type ItemRecord, type RoundRecord } from './record.ts'
import type { Message, Outcome, Reply } from './recipes/recipe.ts'
import { selectAttempts, selectionRule } from './select-attempts.ts'
import type { Usage } from './usage.ts'

/** What of a sample stands in its answer rather than in its record. */
export interface AnsweredSample {
  readonly answer: Answer
  /** Null where the provider would not take the request. */
  readonly reply: Reply | null
  readonly reasoning: string
}

/**
 * One entry of a results file. The names up to `total_processing_time_seconds` are those of the Python original, so that
 * what reads its files reads these; all per-sample fields are lists of N.
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
  /** Per sample; where it took several requests, the first outcome that is not `answered`, if any. */
  readonly outcomes: readonly Outcome[]
  readonly usage: readonly Usage[]
  readonly cost_usd: readonly (number | null)[]
  readonly finish_reason: readonly (string | null)[]
  readonly request_id: readonly (string | null)[]
  readonly answer_key: readonly string[]
  /** Per sample the verdict of each pair, train pairs first; empty where there was no program. */
  readonly verdicts: readonly (readonly string[])[]
  readonly train_correct: readonly boolean[]
  readonly test_outputs: readonly (readonly (Grid | null)[])[]
  /** Per test input its at most two attempts, best first, chosen on train pairs alone. */
  readonly selected: readonly (readonly Grid[])[]
  readonly selection_rule: typeof selectionRule
  readonly dataset: string
  readonly split: string
  readonly task_hash: string
}

/**
 * @param samples one per sample of the record: its chosen round's first answer
 * @param prompts the messages of each of them
 */
export function renderResultsEntry(
  record: ItemRecord,
  item: Item,
  model: string,
  samples: readonly AnsweredSample[],
  prompts: readonly (readonly Message[])[],
): ResultsEntry {
  const rounds = record.samples.map(chosenRound)
  const trainPairs = item.train.length
  const generation = record.samples.map((sample) => sum(sample.rounds.map((round) => round.time_seconds)))
  const verification = record.samples.map((sample) => sum(sample.rounds.map((round) => round.run?.wall_seconds ?? 0)))
  const testOutputs = rounds.map((round) => round.run?.outputs.slice(trainPairs) ?? item.test.map(() => null))
  return {
    task_id: item.task_id,
    version: item.version,
    timestamp: record.recorded_at,
    task_data: { train: item.train, test: item.test },
    best_of: record.samples.length,
    prompt_messages: prompts,
    reasoning: samples.map((sample) => sample.reasoning),
    python_code: rounds.map((round) => round.program),
    output_grid: testOutputs,
    answer_correct: rounds.map(isRight),
    generation_time_seconds: generation,
    verification_success: rounds.map(isRight),
    verification_reason: rounds.map((round) => explainVerification(round, trainPairs)),
    verification_time_seconds: verification,
    total_processing_time_seconds: sum([...generation, ...verification]),
    run_id: record.run_id,
    item: item.key,
    model,
    outcomes: rounds.map(summarizeOutcome),
    usage: rounds.map((round) => round.usage),
    cost_usd: rounds.map((round) => round.cost_usd),
    finish_reason: samples.map((sample) => sample.reply?.finishReason ?? null),
    request_id: samples.map((sample) => sample.answer.request_id),
    answer_key: samples.map((sample) => sample.answer.key),
    verdicts: rounds.map((round) => round.run?.pairs.map((pair) => pair.verdict) ?? []),
    train_correct: rounds.map((round) => round.run?.train_correct ?? false),
    test_outputs: testOutputs,
    selected: item.test.map((_, test) => selectAttempts(record, trainPairs)[test] ?? []),
    selection_rule: selectionRule,
    dataset: item.dataset,
    split: item.split,
    task_hash: item.hash,
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function summarizeOutcome({ outcomes }: RoundRecord): Outcome {
  return outcomes.find((outcome) => outcome !== 'answered') ?? 'answered'
}

function isRight(round: RoundRecord): boolean {
  return round.run?.test_correct ?? false
}
