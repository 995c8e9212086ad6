import { Hono, type Context } from 'hono'
import type { Discussion, QuestionLine } from '../../domain/discussions/discussion.ts'
import { listMessages, needsTask } from '../../domain/discussions/list-messages.ts'
import { renderQuestion } from '../../domain/discussions/render-question.ts'
import { messageOf } from '../../domain/message-of.ts'
import { maxRequestCostUsd } from '../../domain/models/max-request-cost-usd.ts'
import type { Model } from '../../domain/models/model-spec.ts'
import { chooseAskedSampling } from '../discussions/ask-once.ts'
import { collectParts } from '../discussions/collect-parts.ts'
import type { LiveAnswer } from '../discussions/create-discussing.ts'
import { describeBudget, describeDiscussion, summarizeDiscussion } from '../discussions/describe-discussion.ts'
import type { Discussions } from '../discussions/discussions.ts'
import { streamAnswer } from '../discussions/stream-answer.ts'
import type { DiscussionsDocument } from '../documents.ts'
import type { Library } from '../library.ts'
import { openTask, openView } from '../open-view.ts'
import { Problem } from '../problem.ts'
import { checkValue, readBody } from '../read-body.ts'
import {
  againSchema,
  discussionIdSchema,
  firstQuestionSchema,
  keptAnswerSchema,
  nextQuestionSchema,
  personRequestSchema,
  personSchema,
  taskNameSchema,
  type QuestionRequest,
} from '../schemas.ts'

/** Conversations with models about a task. Reading them is free; what costs money is a POST, behind the permission. */
export function createDiscussionRoutes(library: Library, discussions: Discussions): Hono {
  const { store, ledger, models, discussing, budgetUsd, createId, now } = discussions
  const routes = new Hono()

  routes.get('/', async (context) => {
    const { hash } = await openTask(library, checkValue(taskNameSchema, context.req.query('task')))
    const name = context.req.query('person')
    const person = name === undefined ? undefined : checkValue(personSchema, name)
    const [registry, spent, all] = await Promise.all([models.list(), ledger.read(), store.list(hash)])
    const document: DiscussionsDocument = {
      models: registry.map((model) => ({
        key: model.key,
        provider: model.provider,
        id: model.id,
        key_variable: model.apiKeyVariable ?? null,
        has_key: models.hasKey(model),
        priced: model.prices !== undefined,
      })),
      budget: describeBudget(spent, budgetUsd),
      discussions: all.filter((each) => each.person === person).map(summarizeDiscussion),
    }
    return context.json(document)
  })

  routes.get('/:id', async (context) => context.json(describeDiscussion(await open(context), discussing)))

  /** What is left of an answer under way, after a reload or in another window. */
  routes.get('/:id/answer', async (context) => {
    const { id } = await open(context)
    const live = discussing.findLive(id)
    if (live === undefined) throw new Problem(404, 'not-under-way', 'No answer is under way here.')
    return streamAnswer(id, live)
  })

  routes.post('/', async (context) => {
    const { task: name, ...request } = await readBody(context, firstQuestionSchema)
    const task = await openTask(library, name)
    const at = now().toISOString()
    const id = `${at.slice(0, 10)}-${createId().slice(0, 8)}`
    const { key, taskId, hash } = task
    const begun = { id, task: key, task_id: taskId, task_hash: hash, person: request.person, at }
    const ready = await prepare({ ...begun, turns: [] }, request)
    await orNotStored(store.begin({ type: 'begun', ...begun }))
    return ask({ ...begun, turns: [] }, ready)
  })

  routes.post('/:id/questions', async (context) => {
    const request = await readBody(context, nextQuestionSchema)
    const discussion = await openOwn(context, request.person)
    return ask(discussion, await prepare(discussion, request))
  })

  /** Asks the last question again, of any model: its earlier answer stays in the file, and is no longer shown. */
  routes.post('/:id/again', async (context) => {
    const request = await readBody(context, againSchema)
    const discussion = await openOwn(context, request.person)
    const turn = discussion.turns.at(-1)
    if (turn === undefined) throw new Problem(409, 'nothing-asked', 'Nothing has been asked yet.')
    const model = await findModel(request)
    const { asked: _asked, answer: _answer, ...question } = turn
    await checkBudget({ ...discussion, turns: discussion.turns.slice(0, -1) }, question, model)
    return ask(discussion, { question, model })
  })

  routes.post('/:id/stop', async (context) => {
    const { person } = await readBody(context, personRequestSchema)
    const { id } = await openOwn(context, person)
    const live = discussing.findLive(id)
    live?.stop()
    await live?.ended
    return context.json({})
  })

  /** Keeps an answer among the task's traces, as the model's, with where it comes from. */
  routes.post('/:id/traces', async (context) => {
    const { person, question } = await readBody(context, keptAnswerSchema)
    const discussion = await openOwn(context, person)
    const turn = discussion.turns.find(({ id }) => id === question)
    if (turn?.asked === undefined || turn.answer === undefined || turn.answer.text.trim() === '') {
      throw new Problem(404, 'no-answer', 'There is no such answer.')
    }
    if (turn.shown.steps !== '') {
      throw new Problem(
        409,
        'unsigned-view',
        'This answer is about transforms that nobody signed. Sign them as a version, and discuss that.',
      )
    }
    const { version } = turn.shown
    const trace = await library.traces.keep({
      task_id: discussion.task_id,
      username: turn.asked.model.username,
      text: turn.answer.text.trim(),
      ...(version > 0 && { version }),
      discussion: { id: discussion.id, question, kept_by: person },
    })
    return context.json(trace, 201)
  })
  return routes

  interface Ready {
    readonly question: Omit<QuestionLine, 'type'>
    readonly model: Model
  }

  async function prepare(discussion: Discussion, request: QuestionRequest): Promise<Ready> {
    const { version, steps } = request
    const view = await openView(library, { key: discussion.task, version: String(version), steps: steps || undefined })
    const model = await findModel(request)
    const { parts, shown } = await collectParts(library, view, request, needsTask(discussion.turns, view.hash))
    const at = now().toISOString()
    const id = `q${discussion.turns.length + 1}`
    const question = { id, at, text: request.text, shown, content: renderQuestion(parts) }
    await checkBudget(discussion, question, model)
    return { question, model }
  }

  async function ask(discussion: Discussion, { question, model }: Ready): Promise<Response> {
    const answer = await orNotStored(discussing.ask(discussion, question, model))
    if (answer === 'busy') {
      throw new Problem(
        409,
        'under-way',
        'An answer to the last question is still coming. Stop it first, or wait for it.',
      )
    }
    return streamAnswer(discussion.id, answer satisfies LiveAnswer)
  }

  async function findModel({
    model: key,
    accept_unknown_price,
  }: Pick<QuestionRequest, 'model' | 'accept_unknown_price'>) {
    const model = (await models.list()).find((each) => each.key === key)
    if (model === undefined) {
      throw new Problem(
        400,
        'no-such-model',
        `There is no model "${key}" in models.json or arcloom.models.json.`,
        'model',
      )
    }
    if (!models.hasKey(model)) {
      throw new Problem(
        409,
        'no-key',
        `${key} needs a key: set ${model.apiKeyVariable} in the environment or in .env, and start the page again.`,
      )
    }
    if (model.prices === undefined && !accept_unknown_price) {
      throw new Problem(
        409,
        'no-price',
        `No price of ${key} is known, so the budget cannot bound what an answer costs. ` +
          'Accept that, or give it prices in arcloom.models.json.',
      )
    }
    return model
  }

  /** Refuses before anything is stored; the request itself checks again, under the ledger's lock. */
  async function checkBudget(discussion: Discussion, { content }: Ready['question'], model: Model): Promise<void> {
    const maxUsd = maxRequestCostUsd(model, chooseAskedSampling(model), listMessages(discussion.turns, content))
    const { counted_usd } = describeBudget(await ledger.read(), budgetUsd)
    const isSpent = maxUsd === null ? counted_usd >= budgetUsd : counted_usd + maxUsd > budgetUsd
    // What costs nothing may always be asked.
    if (maxUsd === 0 || !isSpent) return
    const may = maxUsd === null ? '' : `, and this answer may cost $${maxUsd.toFixed(4)}`
    throw new Problem(
      409,
      'budget-reached',
      `Discussions have used $${counted_usd.toFixed(4)} of their budget of $${budgetUsd}${may}. ` +
        'Whoever serves the page can raise it: ARCLOOM_DISCUSSION_BUDGET_USD.',
    )
  }

  async function open(context: Context): Promise<Discussion> {
    const id = checkValue(discussionIdSchema, context.req.param('id'))
    const discussion = await store.find(id)
    if (discussion) return discussion
    throw new Problem(404, 'no-such-discussion', `There is no conversation "${id}".`)
  }

  async function openOwn(context: Context, person: string): Promise<Discussion> {
    const discussion = await open(context)
    if (discussion.person === person) return discussion
    throw new Problem(403, 'not-yours', `Only ${discussion.person}, who began this conversation, may go on with it.`)
  }
}

async function orNotStored<Value>(storing: Promise<Value>): Promise<Value> {
  try {
    return await storing
  } catch (error) {
    throw new Problem(500, 'not-stored', `The question could not be stored, so it was not asked: ${messageOf(error)}`)
  }
}
