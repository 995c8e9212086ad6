import { keyMaterial, type Question } from '../../domain/answers/answer.ts'
import type { Model, Sampling } from '../../domain/models/model-spec.ts'
import { parametersOf } from '../../domain/models/parameters-of.ts'
import { shapeMessages } from '../../domain/models/shape-messages.ts'
import { findApi, findProvider } from '../../domain/providers/providers.ts'
import { findRecipe } from '../../domain/recipes/find-recipe.ts'
import type { Message } from '../../domain/recipes/recipe.ts'
import { needAskingRun } from '../../domain/runs/run.ts'
import type { ActivityContext } from '../dependencies.ts'
import type { OpenRun } from '../read-run.ts'
import { readTries } from './read-tries.ts'

/** One question of an item, by reference. */
export interface QuestionInput {
  readonly item: string
  readonly sample: number
  readonly round: number
  readonly testPair: number | null
  /** Key of this sample's answer in the previous round. */
  readonly previous: string | null
}

/** Everything that its request holds, and the key under which its answer is stored. */
export interface PreparedQuestion {
  readonly question: Question
  readonly model: Model
  readonly sampling: Sampling
  readonly messages: readonly Message[]
  readonly key: string
}

/** However a question is asked, alone or in a batch, its answer has the same key. */
export async function prepareQuestion(
  { hashJson, models }: Pick<ActivityContext, 'hashJson' | 'models'>,
  open: OpenRun,
  input: QuestionInput,
): Promise<PreparedQuestion> {
  const run = needAskingRun(open.run)
  const question = nameQuestion(input)
  const model = models.locate(run.model)
  const messages = shapeMessages(await renderQuestion(open, input), model.systemRole)
  const { renderParameters } = findApi(model)
  const sampling = seedSample(run.specification.sampling, model, input.sample)
  const key = hashJson(keyMaterial(question, messages, renderParameters(parametersOf(model, sampling))))
  return { question, model, sampling, messages, key }
}

function nameQuestion({ item, sample, round, testPair, previous }: QuestionInput): Question {
  return { item, sample, round, test_pair: testPair, previous }
}

async function renderQuestion(open: OpenRun, input: QuestionInput): Promise<readonly Message[]> {
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
export function seedSample(sampling: Sampling, model: Model, sample: number): Sampling {
  if (!findProvider(model.provider).seedsSamples && sampling.seed === undefined) return sampling
  return { ...sampling, seed: (sampling.seed ?? 0) + sample }
}
