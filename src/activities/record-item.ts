import type { RoundVerdicts } from '../adapters/stores/run-store.ts'
import type { Answer } from '../domain/answers/answer.ts'
import { readRound } from '../domain/answers/read-round.ts'
import { listServers, whoServed } from '../domain/answers/served-by.ts'
import { addCost, addUsage, noUsage } from '../domain/models/usage.ts'
import { findProvider } from '../domain/providers/providers.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import {
  chooseRound,
  hasRejection,
  type ItemRecord,
  type RoundRecord,
  type SampleRecord,
} from '../domain/runs/record.ts'
import { limitsOf, needAskingRun } from '../domain/runs/run.ts'
import type { Item } from '../domain/tasks/item.ts'
import type { ActivityContext } from './dependencies.ts'
import type { AskedSample } from './read-history.ts'
import type { OpenRun } from './read-run.ts'

/**
 * The record of an item that is finished. That is for good, unless the provider would not take one of its requests: a later
 * period of the run may ask again, and then the whole record is replaced.
 */
export async function findFinalRecord({ folder }: OpenRun, itemKey: string): Promise<ItemRecord | undefined> {
  const record = await folder.findRecord(itemKey)
  if (record === undefined || !hasRejection(record)) return record
  return record.recorded_at < (await folder.readState()).opened_at ? undefined : record
}

/** Writes an item's record from what is stored of it. */
export async function recordItem(
  context: ActivityContext,
  open: OpenRun,
  item: Item,
  samples: readonly AskedSample[],
): Promise<ItemRecord> {
  const { folder } = open
  const { train, test: _, ...reference } = item
  const roundCount = Math.max(...samples.map((rounds) => rounds.length))
  const rounds = Array.from({ length: roundCount }, (_, index) => index + 1)
  const verdicts = await Promise.all(rounds.map((round) => folder.findVerdicts(reference.key, round)))
  const sampleRecords = await Promise.all(
    samples.map((sample) => recordSample(context, open, sample, verdicts, train.length)),
  )
  const answers = sampleRecords.flatMap((sample) => sample.asked)
  const record: ItemRecord = {
    run_id: folder.runId,
    item: reference,
    limits: limitsOf(open.run),
    samples: sampleRecords.map(({ rounds, chosen }) => ({ rounds, chosen })),
    started_at: answers.reduce((first, at) => (at < first ? at : first), context.now().toISOString()),
    recorded_at: context.now().toISOString(),
  }
  await folder.putRecord(record)
  await folder.removeFailure(reference.key)
  return record
}

async function recordSample(
  context: ActivityContext,
  open: OpenRun,
  rounds: AskedSample,
  verdicts: readonly (RoundVerdicts | undefined)[],
  trainPairs: number,
): Promise<SampleRecord & { readonly asked: readonly string[] }> {
  const asked: string[] = []
  const records: RoundRecord[] = []
  for (const [index, keys] of rounds.entries()) {
    const answers = await Promise.all(keys.map((key) => open.folder.readAnswer(key)))
    asked.push(...answers.map((answer) => answer.asked_at))
    records.push(recordRound(context, open, answers, verdicts[index]))
  }
  return { rounds: records, chosen: chooseRound(records, trainPairs), asked }
}

function recordRound(
  context: ActivityContext,
  { run }: OpenRun,
  answers: readonly Answer[],
  verdicts: RoundVerdicts | undefined,
): RoundRecord {
  const { specification, model } = needAskingRun(run)
  const { readReply, readServed } = findProvider(model.provider)
  const read = readRound(findRecipe(specification.recipe), answers, readReply)
  return {
    answers: answers.map((answer) => answer.key),
    ...read,
    program_hash: read.program === null ? null : context.hashText(read.program),
    run: answers.map((answer) => verdicts?.programs[answer.key]).find((verdict) => verdict !== undefined) ?? null,
    sandbox: verdicts?.sandbox ?? null,
    served_by: listServers(answers.map((answer) => whoServed(answer, readServed))),
    time_seconds: answers.reduce((sum, answer) => sum + answer.time_seconds, 0),
    usage: answers.reduce((sum, answer) => addUsage(sum, answer.usage), noUsage),
    cost_usd: answers.reduce<number | null>((sum, answer) => addCost(sum, answer.cost_usd), 0),
  }
}
