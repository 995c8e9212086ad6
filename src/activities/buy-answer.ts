import { ApplicationFailure } from '@temporalio/activity'
import type { AnswerPlace, RunFolder } from '../adapters/stores/run-store.ts'
import type { Answer, Question } from '../domain/answer.ts'
import { failureTypes } from '../domain/failure-types.ts'
import type { SettledLine } from '../domain/ledger.ts'
import { classifyModelFailure, ModelRequestFailed, type ModelFailure } from '../domain/model-failure.ts'
import { mostACallCanCost, priceCall, type Model, type Sampling } from '../domain/model-spec.ts'
import type { Message } from '../domain/recipes/recipe.ts'
import { renderParameters } from '../domain/render-parameters.ts'
import { noUsage, type Usage } from '../domain/usage.ts'
import type { ModelReply } from '../adapters/models/model-client.ts'
import type { Given } from './dependencies.ts'
import { explainDiskFault } from './explain-disk-fault.ts'
import { holdBack, writePaid } from './hold-back.ts'
import type { CallControl } from './watch-control.ts'

export interface Purchase {
  readonly folder: RunFolder
  readonly model: Model
  readonly sampling: Sampling
  readonly messages: readonly Message[]
  readonly question: Question
  readonly key: string
  readonly control: CallControl
}

/** An empty message is worth asking for again, but a model that keeps sending them is not. */
const mostEmptyReplies = 4

/**
 * Sends a request and stores what comes of it: waits for the provider's gate and the run's leave, makes room on the disk,
 * writes `sent`, calls, stores, writes `settled`. The order is what makes every crash cheap and every cent accounted for.
 *
 * @throws {ApplicationFailure} of a type in `failureTypes`.
 */
export function createBuyAnswer(given: Given) {
  return async function buyAnswer(purchase: Purchase): Promise<Answer> {
    for (let empty = 0; ; empty += 1) {
      const result = await buyOnce(given, purchase)
      if ('key' in result) return result
      if (result.kind === 'try-again' && result.because === 'empty-reply') {
        if (empty + 1 < mostEmptyReplies) continue
        throw ApplicationFailure.nonRetryable(`${result.reason}, ${mostEmptyReplies} times`, failureTypes.gaveUp)
      }
      throw ApplicationFailure.create({
        type: result.kind === 'stop-run' ? failureTypes.stopRun : failureTypes.tryAgain,
        message: result.reason,
        nonRetryable: result.kind === 'stop-run',
        ...(result.kind === 'try-again' && result.afterMs !== undefined && { nextRetryDelay: result.afterMs }),
      })
    }
  }
}

async function buyOnce(given: Given, purchase: Purchase): Promise<Answer | ModelFailure> {
  const { folder, key } = purchase
  const leave = await enterGate(given, purchase)
  try {
    const place = await folder.reserveAnswer(key).catch(explainDiskFault)
    try {
      return await send(given, purchase, place)
    } finally {
      await place.discard()
    }
  } finally {
    leave()
  }
}

/**
 * Takes a place at the provider, and only while the run may send and its disk has room: a run that waits must not hold the
 * places of others.
 */
async function enterGate(given: Given, { folder, model, control }: Purchase): Promise<() => void> {
  for (;;) {
    await control.waitForLeave()
    await holdBack(folder, control)
    control.say(`waiting for ${model.provider}`)
    const leave = await given.models.gateOf(model).enter(control.beforeSending)
    try {
      if ((await control.mayBeSent()) && folder.findLackOfRoom() === undefined) return leave
    } catch (error) {
      leave()
      throw error
    }
    leave()
  }
}

async function send(given: Given, purchase: Purchase, place: AnswerPlace): Promise<Answer | ModelFailure> {
  const { folder, model, sampling, messages, control, key } = purchase
  const { client, gateOf } = given.models
  const request = given.createId()
  const prompt = await folder.putPrompt(messages).catch(explainDiskFault)
  const askedAt = given.now()
  await folder
    .appendLedger({ type: 'sent', request, answer: key, at: askedAt.toISOString(), most_usd: priceMost(purchase) })
    .catch(explainDiskFault)
  const settle = (line: Pick<SettledLine, 'fate' | 'cost_usd' | 'usage' | 'reason' | 'stops_run'>) =>
    writePaid(
      () => folder.appendLedger({ type: 'settled', request, answer: key, at: given.now().toISOString(), ...line }),
      control,
    ).catch(explainDiskFault)
  const keep = async (found: Pick<Answer, 'response' | 'rejected' | 'usage' | 'cost_usd' | 'request_id'>) => {
    const answeredAt = given.now()
    const answer: Answer = {
      key,
      question: purchase.question,
      sent: { prompt, parameters: renderParameters(model, sampling) },
      asked_at: askedAt.toISOString(),
      answered_at: answeredAt.toISOString(),
      time_seconds: (answeredAt.getTime() - askedAt.getTime()) / 1000,
      ledger_request: request,
      ...found,
    }
    let first = true
    const put = async () => {
      // A place that could not be filled is gone, and another one taken as soon as there is room.
      const free = first ? place : await folder.reserveAnswer(key)
      first = false
      await free.put(answer)
    }
    await writePaid(put, control).catch(explainDiskFault)
    const fate = answer.rejected === null ? 'stored' : 'rejected'
    const reason = answer.rejected === null ? {} : { reason: answer.rejected }
    await settle({ fate, cost_usd: answer.cost_usd, usage: answer.usage, ...reason })
    return answer
  }

  control.say(`asking ${model.id}`)
  let reply: ModelReply
  try {
    reply = await client.complete({ model, messages, sampling }, control.signal)
  } catch (error) {
    // Cut by us: what the provider charges for it nobody knows, so it stays unsettled.
    if (control.signal.aborted) throw error
    const failure = describe(error, given)
    gateOf(model).noteFailure(failure)
    const paid = error instanceof ModelRequestFailed ? error.paid : undefined
    const usage = paid === undefined ? noUsage : renameUsage(paid.usage)
    const cost_usd = paid?.costUsd ?? priceUsage(model, usage)
    if (failure.kind === 'end-sample') {
      return keep({ response: null, rejected: failure.reason, usage, cost_usd, request_id: paid?.requestId ?? null })
    }
    const stops = failure.kind === 'stop-run' && ({ stops_run: true } as const)
    await settle({ fate: 'failed', cost_usd, usage, reason: failure.reason, ...stops })
    return failure
  }
  gateOf(model).noteSuccess()
  const usage = renameUsage(reply.usage)
  return keep({
    response: reply.response,
    rejected: null,
    usage,
    cost_usd: reply.costUsd ?? priceUsage(model, usage),
    request_id: reply.requestId ?? null,
  })
}

function describe(error: unknown, { now }: Given): ModelFailure {
  if (error instanceof ModelRequestFailed) return classifyModelFailure(error.failed, now().getTime())
  throw error
}

function renameUsage(usage: { readonly promptTokens: number; readonly completionTokens: number }): Usage {
  return { prompt_tokens: usage.promptTokens, completion_tokens: usage.completionTokens }
}

/** Nothing used costs nothing, whatever the price; tokens without a price cost nobody knows what. */
function priceUsage({ prices }: Model, usage: Usage): number | null {
  if (usage.prompt_tokens + usage.completion_tokens === 0) return 0
  if (prices === undefined) return null
  return priceCall(prices, { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens })
}

function priceMost({ model, messages, sampling }: Purchase): number | null {
  if (model.prices === undefined || sampling.maxTokens === undefined) return null
  return mostACallCanCost(model.prices, new TextEncoder().encode(JSON.stringify(messages)).length, sampling.maxTokens)
}
