import { ApplicationFailure } from '@temporalio/activity'
import type { Question } from '../../domain/answers/answer.ts'
import { extractStoredAnswer } from '../../domain/answers/extract-stored-answer.ts'
import { findProvider } from '../../domain/providers/providers.ts'
import { findRecipe } from '../../domain/recipes/find-recipe.ts'
import { failureTypes } from '../../domain/runs/failure-types.ts'
import type { LedgerSum } from '../../domain/runs/ledger.ts'
import { needAskingRun } from '../../domain/runs/run.ts'
import { isAskedAgain, type AskedAnswer } from '../asking/ask.ts'
import { prepareQuestion, type QuestionInput } from '../asking/prepare-question.ts'
import { createStopWhenAllRejected } from '../asking/stop-when-all-rejected.ts'
import type { ActivityContext } from '../dependencies.ts'
import { giveUpWhenHopeless } from '../give-up.ts'

export interface FindAnswersInput {
  readonly runId: string
  readonly item: string
  readonly calls: readonly Omit<QuestionInput, 'item'>[]
}

/** In the order of the questions, null where one is to be asked alone; or `waiting`, for answers that come with a batch. */
export type FoundAnswers = readonly (AskedAnswer | null)[] | 'waiting'

/** Of a question that fails in every batch. A day may pass with each. */
const maxBatches = 3

/**
 * Finds the answers to the questions of an item in a run that asks in batches. Questions without an answer are noted for the next
 * batch; those that failed in one are asked alone, if the run was told so.
 *
 * @throws {ApplicationFailure} `gave-up` if a question failed in too many batches
 */
export function createFindAnswers(context: ActivityContext) {
  const stopWhenAllRejected = createStopWhenAllRejected()
  return async function findAnswers({ runId, item, calls }: FindAnswersInput): Promise<FoundAnswers> {
    const open = await context.readRun(runId)
    const { folder } = open
    const run = needAskingRun(open.run)
    const recipe = findRecipe(run.specification.recipe)
    const { readReply } = findProvider(run.model.provider)
    const { controls, opened_at } = await folder.readState()
    const ledger = await context.spendingOf(folder).readLedger()
    const answers: (AskedAnswer | null)[] = []
    const wanted: Question[] = []
    for (const call of calls) {
      const { key, question } = await prepareQuestion(context, open, { item, ...call })
      const stored = await folder.findAnswer(key)
      if (stored && !(await isAskedAgain(folder, stored))) {
        await stopWhenAllRejected(open, stored)
        const { program } = extractStoredAnswer(recipe, stored, readReply)
        answers.push({ answerKey: key, hasProgram: program !== undefined, costUsd: stored.cost_usd })
        continue
      }
      giveUpWhenHopeless(ledger, key, opened_at)
      const failedTimes = countFailures(ledger, key, opened_at, controls.batch === 'sync')
      if (failedTimes > 0 && controls.batch === 'sync') answers.push(null)
      else wanted.push(question)
    }
    if (wanted.length === 0) {
      await folder.removeWanted(item)
      return answers
    }
    await folder.putWanted(item, wanted)
    return 'waiting'
  }
}

function countFailures({ failures }: LedgerSum, key: string, since: string, isAskedAlone: boolean): number {
  const { times, reason } = failures.of(key, since)
  if (times.length < maxBatches || isAskedAlone) return times.length
  throw ApplicationFailure.nonRetryable(`${reason}. It failed in ${times.length} batches.`, failureTypes.gaveUp)
}
