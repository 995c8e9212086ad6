import { Context } from '@temporalio/activity'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { keyMaterial, type Answer, type Question } from '../../domain/answers/answer.ts'
import { extractStoredAnswer } from '../../domain/answers/extract-stored-answer.ts'
import { settleAnswer } from '../../domain/answers/settle-answer.ts'
import type { Model, Sampling } from '../../domain/models/model-spec.ts'
import { shapeMessages } from '../../domain/models/shape-messages.ts'
import { findProvider } from '../../domain/providers/providers.ts'
import { findRecipe } from '../../domain/recipes/find-recipe.ts'
import type { Message } from '../../domain/recipes/recipe.ts'
import { needAskingRun } from '../../domain/runs/run.ts'
import type { ActivityContext } from '../dependencies.ts'
import type { OpenRun } from '../read-run.ts'
import { watchControl } from '../watch-control.ts'
import { createBuyAnswer } from './buy-answer.ts'
import { readTries } from './read-tries.ts'
import { shareCall, type SharedCall } from './share-call.ts'
import { createStopWhenAllRejected } from './stop-when-all-rejected.ts'

export interface AskInput {
  readonly runId: string
  readonly item: string
  readonly sample: number
  readonly round: number
  readonly testPair: number | null
  /** Key of this sample's answer in the previous round. */
  readonly previous: string | null
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
  const { readRun, hashJson, models } = context
  const buyAnswer = createBuyAnswer(context)
  /** This worker's calls in flight, by run and answer key: a second activity attempt joins the call of the first. */
  const inFlight = new Map<string, SharedCall>()
  const stopWhenAllRejected = createStopWhenAllRejected()

  return async function ask(input: AskInput): Promise<AskedAnswer> {
    const open = await readRun(input.runId)
    const { folder } = open
    const run = needAskingRun(open.run)
    const recipe = findRecipe(run.specification.recipe)
    const question = readQuestion(input)
    const model = models.locate(run.model)
    const messages = shapeMessages(await renderQuestion(open, input), model.systemRole)
    const { renderParameters, readReply } = findProvider(model.provider)
    const sampling = seedSample(run.specification.sampling, model, input.sample)
    const key = hashJson(
      keyMaterial(question, messages, renderParameters(model.id, sampling, model.tokenLimitParameter)),
    )

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

function readQuestion({ item, sample, round, testPair, previous }: AskInput): Question {
  return { item, sample, round, test_pair: testPair, previous }
}

async function renderQuestion(open: OpenRun, input: AskInput): Promise<readonly Message[]> {
  const run = needAskingRun(open.run)
  const { recipe: name, grid_encoding } = run.specification
  const recipe = findRecipe(name)
  const { train, test } = await open.readItem(input.item)
  const task = { train, testInputs: test.map((pair) => pair.input) }
  const question = recipe.renderMessages(task, input.testPair, grid_encoding)
  if (input.previous === null) return question
  if (recipe.renderFeedback === undefined) throw new TypeError(`recipe ${recipe.name} has no feedback rounds`)
  const tries = await readTries(open.folder, run, input.item, input.previous, train)
  return [...question, ...recipe.renderFeedback(tries, grid_encoding)]
}

/**
 * Each sample gets its own seed if the provider always wants one, otherwise only if the run has one: the same
 * seed for all would buy N equal answers.
 */
function seedSample(sampling: Sampling, model: Model, sample: number): Sampling {
  if (!findProvider(model.provider).seedsSamples && sampling.seed === undefined) return sampling
  return { ...sampling, seed: (sampling.seed ?? 0) + sample }
}

async function isAskedAgain(folder: RunFolder, { rejected, answered_at }: Answer): Promise<boolean> {
  return rejected !== null && answered_at < (await folder.readState()).opened_at
}
