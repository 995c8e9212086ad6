import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Answer } from '../../domain/answers/answer.ts'
import { sameGrid, type Grid } from '../../domain/grids/grid.ts'
import { addCost, addUsage, noUsage, type Usage } from '../../domain/models/usage.ts'
import { findProvider } from '../../domain/providers/providers.ts'
import { chosenRound, listTestOutputs, type ItemRecord } from '../../domain/runs/record.ts'
import { needAskingRun, type AskingRun } from '../../domain/runs/run.ts'
import { makeNewFolder } from '../files/make-new-folder.ts'
import type { RunFolder } from '../stores/run-store.ts'
import { createNaming } from './create-naming.ts'
import type { LeaderboardFormat } from './leaderboard-format.ts'
import { readAttempts, type ItemAttempts } from './read-attempts.ts'

/**
 * The folder that ARC Prize's own harness scores (github.com/arcprize/arc-agi-benchmarking): a file per task, an object per test
 * pair, both attempts in it.
 *
 * That harness sums the attempts' costs and does not know the samples that were not selected. To make its sums the run's, the
 * first attempt of a task carries the cost of all its samples, and the others cost nothing.
 */
export const submissionFormat: LeaderboardFormat = {
  name: 'submission',
  description: "a folder that ARC Prize's harness scores: a file per task, with what each attempt was made from",
  nameOutput: (runId) => `${runId}-submission`,
  write: (folder, output, onTask) =>
    makeNewFolder(output, async (temporary) => {
      const run = needAskingRun(await folder.readRun())
      const names = createNaming(await folder.listItems())
      for await (const item of readAttempts(folder)) {
        const pairs = await renderPairs(folder, run, item)
        const path = join(temporary, `${names.file(item.item)}.json`)
        await writeFile(path, `${JSON.stringify(pairs, null, 2)}\n`, { flush: true })
        onTask?.()
      }
    }),
}

async function renderPairs(folder: RunFolder, run: AskingRun, itemAttempts: ItemAttempts) {
  const { task, record, attempts } = itemAttempts
  const pairs = []
  for (const [test, { output }] of task.test.entries()) {
    const render = async (grid: Grid | undefined, first: boolean) => ({
      // An empty answer counts as wrong there, as it does here.
      answer: grid ?? [],
      correct: grid !== undefined && sameGrid(grid, output),
      metadata: {
        model: run.model.id,
        provider: run.model.provider,
        ...(await describeMaking(folder, run, itemAttempts, grid, test)),
        kwargs: { ...run.specification.sampling, best_of: run.specification.samples, run_id: run.run_id },
        ...describeSpending(first ? record : undefined),
        task_id: itemAttempts.item.task_id,
        pair_index: test,
        test_id: run.run_id,
      },
    })
    const [one, two] = attempts[test] ?? []
    pairs.push({ attempt_1: await render(one, test === 0), attempt_2: await render(two, false) })
  }
  return pairs
}

/**
 * Stands for the conversation of an attempt without an answer. Their scorer accepts an empty list of choices and then crashes on
 * it: for every empty answer it prints the content of the last choice.
 */
const silence = { index: 0, message: { role: 'assistant', content: '' } } as const

/** The conversation behind a grid, from the first sample that gave it. */
async function describeMaking(
  folder: RunFolder,
  run: AskingRun,
  { task, record }: ItemAttempts,
  grid: Grid | undefined,
  test: number,
): Promise<{ readonly start_timestamp: string; readonly end_timestamp: string; readonly choices: readonly unknown[] }> {
  const sample = record?.samples.find(
    (each) => grid !== undefined && sameGrid(listTestOutputs(each, task)[test] ?? [], grid),
  )
  if (record === undefined || sample === undefined) {
    const at = record?.recorded_at ?? (await folder.readState()).started_at
    return { start_timestamp: at, end_timestamp: at, choices: [silence] }
  }
  const { answers, grids } = chosenRound(sample)
  const answer = await folder.readAnswer(answers[grids === undefined ? 0 : test] ?? '')
  return {
    start_timestamp: answer.asked_at,
    end_timestamp: answer.answered_at,
    choices: await listChoices(folder, run, answer),
  }
}

async function listChoices(folder: RunFolder, { model }: AskingRun, { sent, response }: Answer) {
  const { readReply } = findProvider(model.provider)
  const messages = [...(await folder.readPrompt(sent.prompt)), { role: 'assistant', content: readReply(response).text }]
  return messages.map((message, index) => ({ index, message }))
}

function describeSpending(record: ItemRecord | undefined) {
  const rounds = record?.samples.flatMap((sample) => sample.rounds) ?? []
  const { prompt_tokens, completion_tokens } = rounds.reduce<Usage>((sum, round) => addUsage(sum, round.usage), noUsage)
  // The harness's format has no unknown: it requires whole numbers.
  const usage = { prompt_tokens: prompt_tokens ?? 0, completion_tokens: completion_tokens ?? 0 }
  const cost = rounds.reduce<number | null>((sum, round) => addCost(sum, round.cost_usd), 0)
  return {
    usage: {
      ...usage,
      total_tokens: usage.prompt_tokens + usage.completion_tokens,
      completion_tokens_details: { reasoning_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
    },
    // Not every provider itemises its cost; only the total is summed.
    cost: { prompt_cost: 0, completion_cost: cost ?? 0, total_cost: cost ?? 0 },
  }
}
