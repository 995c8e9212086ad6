import type { RoundVerdicts } from '../adapters/stores/run-store.ts'
import type { Answer } from '../domain/answers/answer.ts'
import { readRound } from '../domain/answers/read-round.ts'
import { addCost, addUsage, noUsage } from '../domain/models/usage.ts'
import { findProvider } from '../domain/providers/providers.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import { isSolved } from '../domain/results/is-solved.ts'
import {
  chooseRound,
  hasRejection,
  type ItemRecord,
  type RoundRecord,
  type SampleRecord,
} from '../domain/runs/record.ts'
import { limitsOf, needAskingRun } from '../domain/runs/run.ts'
import type { Given } from './dependencies.ts'
import type { OpenRun } from './read-run.ts'

/** The rounds of one sample, as the task's workflow knows them. */
export type RecordedSample = readonly {
  /** Keys of the round's answers: one, or one per test input for recipes that ask so. */
  readonly answers: readonly string[]
  /** Null where nobody knows. */
  readonly costUsd: number | null
}[]

export interface RecordInput {
  readonly runId: string
  readonly item: string
  readonly samples: readonly RecordedSample[]
}

/**
 * Writes an item's record from what is stored of it. Once it stands, the item is finished for good, unless the provider
 * would not take one of its requests: a later period of the run may ask again, and then the whole record is replaced.
 */
export function createRecord(given: Given) {
  return async function record({ runId, item: itemKey, samples }: RecordInput): Promise<{ readonly solved: boolean }> {
    const open = await given.readRun(runId)
    const { folder } = open
    const item = await open.readItem(itemKey)
    const stored = await folder.findRecord(itemKey)
    if (stored && !(await isAskedAgain(open, stored))) return { solved: isSolved(stored, item) }

    const { train, test, ...reference } = item
    const roundCount = Math.max(...samples.map((rounds) => rounds.length))
    const rounds = Array.from({ length: roundCount }, (_, index) => index + 1)
    const verdicts = await Promise.all(rounds.map((round) => folder.findVerdicts(itemKey, round)))
    const sampleRecords = await Promise.all(
      samples.map((sample) => recordSample(given, open, sample, verdicts, train.length)),
    )
    const answers = sampleRecords.flatMap((sample) => sample.asked)
    const written: ItemRecord = {
      run_id: runId,
      item: reference,
      limits: limitsOf(open.run),
      samples: sampleRecords.map(({ rounds, chosen }) => ({ rounds, chosen })),
      started_at: answers.reduce((first, at) => (at < first ? at : first), given.now().toISOString()),
      recorded_at: given.now().toISOString(),
    }
    await folder.putRecord(written)
    await folder.removeFailure(itemKey)
    return { solved: isSolved(written, { train, test }) }
  }
}

async function isAskedAgain({ folder }: OpenRun, record: ItemRecord): Promise<boolean> {
  return hasRejection(record) && record.recorded_at < (await folder.readState()).opened_at
}

async function recordSample(
  given: Given,
  open: OpenRun,
  rounds: RecordedSample,
  verdicts: readonly (RoundVerdicts | undefined)[],
  trainPairs: number,
): Promise<SampleRecord & { readonly asked: readonly string[] }> {
  const asked: string[] = []
  const records: RoundRecord[] = []
  for (const [index, { answers: keys }] of rounds.entries()) {
    const answers = await Promise.all(keys.map((key) => open.folder.readAnswer(key)))
    asked.push(...answers.map((answer) => answer.asked_at))
    records.push(recordRound(given, open, answers, verdicts[index]))
  }
  return { rounds: records, chosen: chooseRound(records, trainPairs), asked }
}

function recordRound(
  given: Given,
  { run }: OpenRun,
  answers: readonly Answer[],
  verdicts: RoundVerdicts | undefined,
): RoundRecord {
  const { specification, model } = needAskingRun(run)
  const read = readRound(findRecipe(specification.recipe), answers, findProvider(model.provider).readReply)
  return {
    answers: answers.map((answer) => answer.key),
    ...read,
    program_hash: read.program === null ? null : given.hashText(read.program),
    run: answers.map((answer) => verdicts?.programs[answer.key]).find((verdict) => verdict !== undefined) ?? null,
    sandbox: verdicts?.sandbox ?? null,
    time_seconds: answers.reduce((sum, answer) => sum + answer.time_seconds, 0),
    usage: answers.reduce((sum, answer) => addUsage(sum, answer.usage), noUsage),
    cost_usd: answers.reduce<number | null>((sum, answer) => addCost(sum, answer.cost_usd), 0),
  }
}
