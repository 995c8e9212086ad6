import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { explainForeignHost, explainForeignPage } from '../../domain/foreign-visits.ts'
import type { Solve } from '../create-solver-pool.ts'
import { countTokens, cutToTokens } from './count-tokens.ts'
import { parseChatRequest, type ChatRequest } from './parse-chat-request.ts'
import { parsePrompt } from './parse-prompt.ts'

export const baselineModel = 'arcloom-baseline'

export interface BaselineDependencies {
  readonly solve: Solve
  /** CPU time that a search may take; /health reports it. */
  readonly limitMs: number
  readonly nowMs: () => number
  readonly createId: () => string
}

/** Feedback rounds with dozens of earlier answers stay below this. */
const maxBodyBytes = 8 * 1024 * 1024

/** The baseline behind OpenAI's protocol: chat completions and the list of models, with errors in OpenAI's shape. */
export function createBaselineApp({ solve, limitMs, nowMs, createId }: BaselineDependencies): Hono {
  const app = new Hono()
  const createdAt = () => Math.floor(nowMs() / 1000)

  app.use(refuseForeign)
  app.use(bodyLimit({ maxSize: maxBodyBytes, onError: refuseLarge }))

  app.get('/health', (context) => context.json({ ok: true, model: baselineModel, seconds: limitMs / 1000 }))

  app.get('/v1/models', (context) =>
    context.json({ object: 'list', data: [{ id: baselineModel, object: 'model', created: 0, owned_by: 'arcloom' }] }),
  )

  app.post('/v1/chat/completions', async (context) => {
    const parsing = parseChatRequest(await context.req.json().catch(() => undefined))
    if ('fault' in parsing) return fail(context, 400, parsing.fault.message, parsing.fault.param)
    const { request } = parsing
    if (request.model !== baselineModel) {
      return fail(
        context,
        404,
        `there is no model "${request.model}", only ${baselineModel}`,
        'model',
        'model_not_found',
      )
    }
    const task = parsePrompt(request.question)
    if (task.kind === 'unreadable') {
      return fail(context, 400, `the baseline cannot read this prompt: ${task.reason}`, 'messages', 'unreadable_prompt')
    }
    const answers = await solve({ evidence: task.evidence, wish: task.wish })
    return context.json({
      id: createId(),
      object: 'chat.completion',
      created: createdAt(),
      ...complete(request, answers),
    })
  })

  app.notFound((context) => fail(context, 404, `there is no ${context.req.method} ${context.req.path}`, null))
  app.onError((error, context) => fail(context, 500, error.message, null))
  return app
}

/** A web page that a person happens to visit must not make this machine compute. */
const refuseForeign: MiddlewareHandler = async (context, next) => {
  const { method, url } = context.req
  const host = context.req.header('host') ?? new URL(url).host
  const [origin, site] = ['origin', 'sec-fetch-site'].map((name) => context.req.header(name))
  const reason = explainForeignHost(host) ?? explainForeignPage({ method, host, origin, site })
  return reason === undefined ? next() : fail(context, 403, reason, null)
}

function refuseLarge(context: Context) {
  return fail(context, 413, `the body must not be longer than ${maxBodyBytes} bytes`, null)
}

/** Seed k requests the k-th answer that was not tried before; after the last one they start again. */
function complete({ prompt, tried, seed, maxTokens = Infinity }: ChatRequest, answers: readonly string[]) {
  const isTried = (answer: string) => tried.some((text) => text.trim() === answer.trim())
  const untried = answers.filter((answer) => !isTried(answer))
  const offered = untried.length > 0 ? untried : answers
  const whole = offered.at(seed % offered.length) ?? ''
  const content = cutToTokens(whole, maxTokens)
  const [prompted, completed] = [countTokens(prompt), countTokens(content)]
  return {
    model: baselineModel,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null },
        finish_reason: content === whole ? 'stop' : 'length',
      },
    ],
    usage: { prompt_tokens: prompted, completion_tokens: completed, total_tokens: prompted + completed },
  }
}

function fail(
  context: Context,
  status: ContentfulStatusCode,
  message: string,
  param: string | null,
  code: string | null = null,
) {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error'
  return context.json({ error: { message, type, param, code } }, status)
}
