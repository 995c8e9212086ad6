import { DamagedRun, type RunFolder } from '../adapters/stores/run-store.ts'
import { readCalls, type AnsweredCall } from '../domain/answers/read-calls.ts'
import { sameGrid, type Grid } from '../domain/grids/grid.ts'
import { findProvider } from '../domain/providers/providers.ts'
import { findRecipe } from '../domain/recipes/find-recipe.ts'
import { isCorrectOnTests, listTestOutputs, type ItemRecord, type RoundRecord } from '../domain/runs/record.ts'
import { givesGrids, isVerification, type AskingRun } from '../domain/runs/run.ts'
import { selectAttempts } from '../domain/selection/select-attempts.ts'
import type { TaskPairs } from '../domain/tasks/task.ts'
import { describeProgram } from './describe-program.ts'
import type { CallDocument, ItemName, PairResult, RoundDocument, SampleDocument } from './documents.ts'
import { listPartials } from './list-partials.ts'

/** @param index of a sample in the record */
export async function describeSample(
  folder: RunFolder,
  item: ItemName,
  record: ItemRecord,
  index: number,
): Promise<SampleDocument> {
  const [run, pairs] = await Promise.all([folder.readRun(), folder.readPairs(record.item.hash)])
  const sample = record.samples[index]
  if (sample === undefined) throw new RangeError(`${record.item.key} has no sample ${index}`)
  const askingRun = isVerification(run) ? undefined : run
  const givenProgram = askingRun ? undefined : (await folder.readPrograms(item.key))[index]
  const grids = givesGrids(run)
  return {
    run: folder.runId,
    kind: run.specification.kind,
    recipe: askingRun?.specification.recipe ?? null,
    model: askingRun?.model.key ?? null,
    provider: askingRun?.model.provider ?? null,
    item,
    sample: index,
    samples: record.samples.length,
    train: pairs.train,
    test_inputs: pairs.test.map(({ input }) => input),
    correct: grids ? isCorrectOnTests(sample, pairs) : null,
    attempts: grids ? listAttempts(record, pairs, index) : pairs.test.map(() => null),
    chosen: sample.chosen,
    rounds: await Promise.all(
      sample.rounds.map(async (round, place) => ({
        ...(await describeRound(folder, askingRun, round, pairs)),
        partials: askingRun ? await listPartials(folder, { item: item.key, sample: index, round: place + 1 }) : [],
      })),
    ),
    source: givenProgram?.source ?? null,
  }
}

function listAttempts(record: ItemRecord, pairs: TaskPairs, index: number): (1 | 2 | null)[] {
  const sample = record.samples[index]
  const outputs = sample ? listTestOutputs(sample, pairs) : []
  return selectAttempts(record, pairs).map((attempts, test) => {
    const place = attempts.findIndex((grid) => sameGrid(grid, outputs[test] ?? []))
    return place === 0 ? 1 : place === 1 ? 2 : null
  })
}

async function describeRound(
  folder: RunFolder,
  askingRun: AskingRun | undefined,
  round: RoundRecord,
  pairs: TaskPairs,
): Promise<Omit<RoundDocument, 'partials'>> {
  const { calls, lost } = askingRun ? await readEach(folder, askingRun, round) : { calls: [], lost: [] }
  const { program, run, sandbox, time_seconds, usage, cost_usd } = round
  const { ran, results } = run ? describeProgram(run, pairs.train.length) : {}
  return {
    calls: calls.map(describeCall),
    lost,
    program,
    ran: ran ?? null,
    results: round.grids ? listResults(round.grids, pairs) : (results ?? []),
    sandbox,
    time_seconds,
    usage,
    cost_usd,
  }
}

/** Each answer separately: one with a damaged file does not hide what the others and the record contain. */
async function readEach(
  folder: RunFolder,
  { model, specification }: AskingRun,
  round: RoundRecord,
): Promise<{ calls: AnsweredCall[]; lost: string[] }> {
  const recipe = findRecipe(specification.recipe)
  const provider = findProvider(model.provider)
  const readings = await Promise.all(
    round.answers.map(async (key) => {
      try {
        return { calls: await readCalls(folder, recipe, { ...round, answers: [key] }, provider), lost: [] }
      } catch (error) {
        if (error instanceof DamagedRun) return { calls: [], lost: [error.message] }
        throw error
      }
    }),
  )
  return { calls: readings.flatMap(({ calls }) => calls), lost: readings.flatMap(({ lost }) => lost) }
}

function listResults(grids: readonly (Grid | null)[], { test }: TaskPairs): PairResult[] {
  return test.map(({ output }, index) => {
    const grid = grids[index] ?? null
    const verdict = grid === null ? 'no-grid' : sameGrid(grid, output) ? 'correct' : 'wrong'
    return { part: 'test', index, verdict, got: grid }
  })
}

function describeCall({ answer, servedBy, reply, messages, outcome, problem }: AnsweredCall): CallDocument {
  return {
    answer_key: answer.key,
    test: answer.question.test_pair,
    messages,
    parameters: answer.sent.parameters,
    outcome,
    problem: problem ?? null,
    rejected: answer.rejected,
    refusal: reply?.refusal ?? null,
    text: reply?.text ?? '',
    reasoning: reply?.reasoning ?? null,
    finish_reason: reply?.finishReason ?? null,
    served_by: servedBy,
    request_id: answer.request_id,
    asked_at: answer.asked_at,
    time_seconds: answer.time_seconds,
    usage: answer.usage,
    cost_usd: answer.cost_usd,
  }
}
