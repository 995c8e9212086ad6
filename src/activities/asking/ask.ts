import { Context } from '@temporalio/activity'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { Answer } from '../../domain/answers/answer.ts'
import { extractStoredAnswer } from '../../domain/answers/extract-stored-answer.ts'
import { settleAnswer } from '../../domain/answers/settle-answer.ts'
import { findProvider } from '../../domain/providers/providers.ts'
import { findRecipe } from '../../domain/recipes/find-recipe.ts'
import { needAskingRun } from '../../domain/runs/run.ts'
import type { ActivityContext } from '../dependencies.ts'
import { watchControl } from '../watch-control.ts'
import { createBuyAnswer } from './buy-answer.ts'
import { prepareQuestion, type QuestionInput } from './prepare-question.ts'
import { shareCall, type SharedCall } from './share-call.ts'
import { createStopWhenAllRejected } from './stop-when-all-rejected.ts'

export interface AskInput extends QuestionInput {
  readonly runId: string
}

/** What the workflow's history keeps of an answer: where it is, and the numbers it needs. */
export interface AskedAnswer {
  readonly answerKey: string
  readonly hasProgram: boolean
  /** Null if unknown. */
  readonly costUsd: number | null
}

/**
 * Asks a model one question, unless the answer is stored already. A rejection stored by an earlier period of the run is asked
 * again: a reopened run either was stopped by it or is meant to retry it.
 *
 * The answer is on disk before this returns, so a crash after the reply costs nothing; a crash before it costs the one
 * request in flight, which the ledger then shows as sent but never settled.
 */
export function createAsk(context: ActivityContext) {
  const { readRun } = context
  const buyAnswer = createBuyAnswer(context)
  /** This worker's calls in flight, by run and answer key: a second activity attempt joins the call of the first. */
  const inFlight = new Map<string, SharedCall>()
  const stopWhenAllRejected = createStopWhenAllRejected()

  return async function ask(input: AskInput): Promise<AskedAnswer> {
    const open = await readRun(input.runId)
    const { folder } = open
    const recipe = findRecipe(needAskingRun(open.run).specification.recipe)
    const { question, model, sampling, messages, key } = await prepareQuestion(context, open, input)
    const { readReply } = findProvider(model.provider)

    const answer = await joinFindOrBuy(`${input.runId}/${key}`)
    await stopWhenAllRejected(open, answer)
    const { program } = extractStoredAnswer(recipe, answer, readReply)
    return { answerKey: key, hasProgram: program !== undefined, costUsd: answer.cost_usd }

    async function joinFindOrBuy(name: string): Promise<Answer> {
      // Checked before the store: a call that ends in between has stored its answer before it disappears from here.
      if (!inFlight.has(name)) {
        const stored = await folder.findAnswer(key)
        // A crash may have happened after the answer's file was written and before its line in the ledger.
        if (stored) await folder.appendLedger(settleAnswer(stored, context.now().toISOString()))
        if (stored && !(await isAskedAgain(folder, stored))) return stored
      }
      const control = watchControl(folder, Context.current())
      try {
        const call =
          inFlight.get(name) ??
          shareCall((control) => buyAnswer({ folder, model, sampling, messages, question, key, control }))
        inFlight.set(name, call)
        return await call.join(control)
      } finally {
        control.close()
        inFlight.delete(name)
      }
    }
  }
}

export async function isAskedAgain(folder: RunFolder, { rejected, answered_at }: Answer): Promise<boolean> {
  return rejected !== null && answered_at < (await folder.readState()).opened_at
}
