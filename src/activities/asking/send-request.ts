import type { Entry } from '../../adapters/models/gates/gate.ts'
import type { ModelReply } from '../../adapters/models/model-client.ts'
import type { AnswerPlace, RunFolder } from '../../adapters/stores/run-store.ts'
import type { Answer } from '../../domain/answers/answer.ts'
import { settleAnswer } from '../../domain/answers/settle-answer.ts'
import { adviseOnRefusal } from '../../domain/models/advise-on-refusal.ts'
import { CallLost } from '../../domain/models/call-lost.ts'
import { judgePayment, readPaymentOfFailure } from '../../domain/models/judge-payment.ts'
import {
  classifyModelFailure,
  endSentence,
  ModelRequestFailed,
  type ModelFailure,
  type PaidInVain,
} from '../../domain/models/model-failure.ts'
import type { Model } from '../../domain/models/model-spec.ts'
import { parametersOf } from '../../domain/models/parameters-of.ts'
import { findApi, findProvider } from '../../domain/providers/providers.ts'
import type { Message } from '../../domain/recipes/recipe.ts'
import type { SettledLine } from '../../domain/runs/ledger-lines.ts'
import type { LedgerSum } from '../../domain/runs/ledger.ts'
import type { ActivityContext } from '../dependencies.ts'
import { explainDiskFault } from '../disk-fault.ts'
import type { Purchase } from './buy-answer.ts'
import { followStream } from './follow-stream.ts'
import { writePaid } from './hold-back.ts'
import { keepPartial } from './keep-partial.ts'
import { createKeptCall, type KeptRequest } from './kept-call.ts'

/** The result of a request that leaves no answer. `isLost`: the provider had kept it, and no longer knows it. */
export type Unanswered = Exclude<ModelFailure, { kind: 'end-sample' }> & { readonly isLost?: true }

/** A request whose `sent` is in the ledger. */
interface ReservedRequest extends KeptRequest {
  /** Hash of its messages. */
  readonly prompt: string
  readonly maxCostUsd: number | null
  /** Its place at the provider; absent if the provider has kept it from an earlier worker. */
  readonly entry?: Entry
}

/**
 * Sends one request, or fetches the answer of one that the provider has kept; stores the answer if there is one, and writes the
 * fate of the request into the ledger.
 */
export async function sendRequest(
  context: ActivityContext,
  purchase: Purchase,
  place: AnswerPlace,
  reserved: ReservedRequest,
): Promise<Answer | Unanswered> {
  const { folder, model, sampling, messages, control, key } = purchase
  const { request, prompt, askedAt, maxCostUsd, entry } = reserved
  const { client } = context.models
  const spending = context.spendingOf(folder)
  const settle = (
    line: Pick<SettledLine, 'fate' | 'cost_usd' | 'usage' | 'reason' | 'unusable' | 'stops_run' | 'warning'>,
  ) =>
    writePaid(
      () => spending.settle({ type: 'settled', request, answer: key, at: context.now().toISOString(), ...line }),
      control,
    ).catch(explainDiskFault)
  const keep = async (
    content: Pick<Answer, 'response' | 'rejected' | 'served_by' | 'usage' | 'cost_usd' | 'request_id'>,
    warning: Pick<SettledLine, 'warning'>,
  ) => {
    const answeredAt = context.now()
    const answer: Answer = {
      key,
      question: purchase.question,
      sent: {
        prompt,
        parameters: findApi(model).renderParameters(parametersOf(model, sampling)),
      },
      asked_at: askedAt.toISOString(),
      answered_at: answeredAt.toISOString(),
      time_seconds: (answeredAt.getTime() - askedAt.getTime()) / 1000,
      ledger_request: request,
      ...content,
    }
    let first = true
    const put = async () => {
      // A reserved file that could not be filled is gone; another is reserved as soon as there is room.
      const free = first ? place : await folder.reserveAnswer(key)
      first = false
      await free.put(answer)
    }
    await writePaid(put, control).catch(explainDiskFault)
    await settle({ ...settleAnswer(answer, context.now().toISOString()), ...warning })
    return answer
  }

  const keepReply = (reply: ModelReply) => {
    const paid = judgePayment(reply, model, maxCostUsd)
    const { response, servedBy, requestId = null } = reply
    return keep({ response, rejected: null, served_by: servedBy, ...paid.payment, request_id: requestId }, paid.warning)
  }
  const fail = async (reason: string, payment: PaidInVain | undefined) => {
    const paid = judgePayment(payment ?? unknownPayment, model, maxCostUsd)
    await settle({ fate: 'failed', reason, ...paid.payment, ...paid.warning })
  }

  control.say(`asking ${model.id}`)
  const { controls } = await folder.readState()
  const onDelta = controls.stream !== false ? followStream(control, model.id) : undefined
  const onAccepted = (provider_id: string) => {
    const at = context.now().toISOString()
    // The answer is worth more than this line, which only a lost one needs.
    spending.accept({ type: 'accepted', request, answer: key, at, provider_id, by: 'stream' }).catch(() => undefined)
  }
  const call = createKeptCall(context, purchase, reserved)
  const send = async () => {
    const earlierReplies = await readEarlierReplies(folder, messages)
    const listeners = { onDelta, onAccepted, onBackgroundCall: call.note, say: control.say }
    return client.complete({ model, messages, sampling, earlierReplies, ...listeners }, control.signal)
  }
  let reply: ModelReply
  try {
    reply = await call.receive(send)
  } catch (error) {
    if (control.signal.aborted) {
      const ended = await call.end()
      if (ended && 'reply' in ended) await keepReply(ended.reply)
      else if (ended) await fail('cancelled', ended.paid)
      throw error
    }
    if (error instanceof CallLost) {
      const reason = `${findProvider(model.provider).title} has lost an answer that it was keeping: ${error.message}`
      await fail(reason, undefined)
      await noteInLog(folder, context.now(), `${reason} The question is asked again.`)
      return { kind: 'try-again', because: 'no-reply', reason, isLost: true }
    }
    if (!(error instanceof ModelRequestFailed)) throw error
    if (error.failed.stillOpen) {
      // The answer is still to be had, by whoever resumes the run once this is mended.
      return { kind: 'stop-run', reason: classifyModelFailure(error.failed, context.now().getTime()).reason }
    }
    const ledger = await spending.readLedger()
    const classified = classifyModelFailure(error.failed, context.now().getTime())
    const failure = judgeRefusal(judgeAddress(classified, ledger, model), ledger, model)
    entry?.noteFailure(failure, error.failed.rateLimits)
    const paid = judgePayment(readPaymentOfFailure(error), model, maxCostUsd)
    const { reason } = failure
    const [asked_at, broke_at] = [askedAt.toISOString(), context.now().toISOString()]
    const { question } = purchase
    await keepPartial(folder, error, { answer: key, question, reason, asked_at, broke_at, ledger_request: request })
    if (failure.kind === 'end-sample') {
      const request_id = error.paid?.requestId ?? null
      return keep({ response: null, rejected: reason, ...paid.payment, request_id }, paid.warning)
    }
    const begun = error.partial !== undefined
    const unusable = failure.kind === 'try-again' && (failure.few || paid.charged || begun)
    const stops = failure.kind === 'stop-run' && ({ stops_run: true } as const)
    await settle({ fate: 'failed', reason, ...paid.payment, ...(unusable && { unusable }), ...stops, ...paid.warning })
    return failure
  }
  entry?.noteSuccess(reply.usage, reply.rateLimits)
  return keepReply(reply)
}

const unknownPayment: PaidInVain = { usage: { promptTokens: null, completionTokens: null } }

/** The bodies of the answers that go back to their model whole. */
export async function readEarlierReplies(
  folder: RunFolder,
  messages: readonly Message[],
): Promise<Readonly<Record<string, unknown>>> {
  const keys = messages.flatMap(({ answer }) => answer ?? [])
  return Object.fromEntries(
    await Promise.all(keys.map(async (key) => [key, (await folder.readAnswer(key)).response] as const)),
  )
}

async function noteInLog(folder: RunFolder, at: Date, message: string): Promise<void> {
  await folder.appendLog(JSON.stringify({ at: at.toISOString(), message })).catch(() => {})
}

/**
 * A part of the request that the provider refuses is in every request of the run. If something was answered all the same, this
 * host or this prompt is an exception, and the refusal is recorded like any other.
 */
export function judgeRefusal(failure: ModelFailure, { stored }: LedgerSum, model: Model): ModelFailure {
  if (failure.kind === 'try-again' || failure.refusedPart === undefined) return failure
  // A stream is Arcloom's own wish: a run of an earlier version may have had its answers whole.
  if (failure.kind === 'end-sample' && stored > 0 && failure.refusedPart !== 'stream') return failure
  const advice = adviseOnRefusal(failure.refusedPart, model, failure.reason)
  return { kind: 'stop-run', reason: endSentence(failure.reason, ` ${advice}`) }
}

/**
 * If something was answered before, the address is right, and anything that looks otherwise (a proxy's page, for example) is an
 * outage: it is waited for, however often it comes.
 */
function judgeAddress(failure: ModelFailure, { stored }: LedgerSum, { baseUrls }: Model): ModelFailure {
  if (failure.kind !== 'try-again' || !failure.addressFault) return failure
  // One of several servers that is away says nothing of the others.
  if (stored === 0 && baseUrls === undefined) return { kind: 'stop-run', reason: failure.reason }
  const { kind, because, reason } = failure
  return { kind, because, reason }
}
