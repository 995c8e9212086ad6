import type { DiscussionLedger } from '../../adapters/discussions/discussion-ledger.ts'
import type { Entry } from '../../adapters/models/gates/gate.ts'
import type { AnsweredLine } from '../../domain/discussions/discussion.ts'
import { messageOf } from '../../domain/message-of.ts'
import { chooseSampling } from '../../domain/models/choose-sampling.ts'
import { judgePayment, readPaymentOfFailure } from '../../domain/models/judge-payment.ts'
import { maxRequestCostUsd } from '../../domain/models/max-request-cost-usd.ts'
import { classifyModelFailure, ModelRequestFailed } from '../../domain/models/model-failure.ts'
import type { Model, Sampling } from '../../domain/models/model-spec.ts'
import { estimateSize } from '../../domain/models/rate-limit.ts'
import { noUsage } from '../../domain/models/usage.ts'
import { withoutSecrets } from '../../domain/models/without-secrets.ts'
import type { Delta } from '../../domain/providers/streams/streaming.ts'
import type { Message } from '../../domain/recipes/recipe.ts'
import type { SettledLine } from '../../domain/runs/ledger-lines.ts'
import type { DiscussionModels } from './discussion-models.ts'

export interface Asking {
  readonly models: Pick<DiscussionModels, 'client' | 'gateOf'>
  readonly ledger: DiscussionLedger
  readonly budgetUsd: number
  readonly now: () => Date
}

interface AskedOnce {
  readonly model: Model
  readonly messages: readonly Message[]
  readonly request: string
  /** Names the question in the ledger. */
  readonly answer: string
  readonly onDelta: (delta: Delta) => void
}

export type AskedResult = Omit<AnsweredLine, 'type' | 'question' | 'request' | 'at' | 'time_seconds'>

export interface Asked {
  readonly result: AskedResult
  /** Writes the cost into the ledger. Call it once the answer is stored. */
  readonly settle: () => Promise<void>
}

/** Discussions take turns with runs as one more of them. */
const discussionsLine = 'discussions'

/** Long answers cost more; people who want longer ones raise `defaults.maxTokens` of the model. */
const standardMaxTokens = 8_000

export function chooseAskedSampling(model: Model): Sampling {
  return chooseSampling(model, { maxTokens: model.defaults.maxTokens ?? standardMaxTokens })
}

/**
 * Sends one request through the model's gate, unless the budget has no room for it. It never throws because of a
 * provider: every ending is a result. Aborting the signal stops the request and keeps what has arrived.
 *
 * As in runs, the ledger has the request before it is sent. One that was stopped or lost counts at its maximum, since nobody says
 * what it has cost.
 */
export async function askOnce(asking: Asking, asked: AskedOnce, signal: AbortSignal): Promise<Asked> {
  const { models, ledger, budgetUsd, now } = asking
  const { messages, request, answer } = asked
  let { model } = asked
  const sampling = chooseAskedSampling(model)
  const maxCostUsd = maxRequestCostUsd(model, sampling, messages)
  const partial = { text: '', reasoning: '' }
  const onDelta = (delta: Delta) => {
    partial.text += delta.text
    partial.reasoning += delta.reasoning
    asked.onDelta(delta)
  }
  const soFar = () => ({ text: partial.text, reasoning: partial.reasoning || null })
  let entry: Entry | undefined
  let isSent = false
  try {
    const size = estimateSize(messages, sampling.maxTokens)
    entry = await models.gateOf(model).enter(signal, { run: discussionsLine, size })
    if (entry.baseUrl !== undefined) model = { ...model, baseUrl: entry.baseUrl }
    const sent = { type: 'sent', request, answer, at: now().toISOString(), most_usd: maxCostUsd } as const
    if (!(await ledger.reserve({ ...sent, base_url: withoutSecrets(model.baseUrl) }, budgetUsd))) {
      return unsent(`The budget of $${budgetUsd} has no room for an answer that may cost $${maxCostUsd?.toFixed(4)}.`)
    }
    isSent = true
    const reply = await models.client.complete({ model, messages, sampling, onDelta }, signal)
    entry.noteSuccess(reply.usage, reply.rateLimits)
    const { payment, warning } = judgePayment(reply, model, maxCostUsd)
    return settled({ fate: 'stored', ...warning }, payment, {
      outcome: 'complete',
      text: reply.text,
      reasoning: reply.reasoning ?? null,
      reason: reply.refusal ?? null,
      finish_reason: reply.finishReason,
      served_by: reply.servedBy,
      request_id: reply.requestId ?? null,
    })
  } catch (error) {
    if (signal.aborted) return stopped()
    if (!(error instanceof ModelRequestFailed)) return failed(messageOf(error))
    const failure = classifyModelFailure(error.failed, now().getTime())
    entry?.noteFailure(failure, error.failed.rateLimits)
    const { payment, warning } = judgePayment(readPaymentOfFailure(error), model, maxCostUsd)
    const fate = failure.kind === 'end-sample' ? 'rejected' : 'failed'
    return settled({ fate, reason: failure.reason, ...warning }, payment, describeEnd('failed', failure.reason))
  } finally {
    entry?.leave()
  }

  function describeEnd(outcome: 'stopped' | 'failed', reason: string | null) {
    return { outcome, ...soFar(), reason, finish_reason: null, served_by: null, request_id: null }
  }

  function settled(
    line: Pick<SettledLine, 'fate' | 'reason' | 'warning'>,
    payment: Pick<AskedResult, 'usage' | 'cost_usd'>,
    end: Omit<AskedResult, 'usage' | 'cost_usd'>,
  ): Asked {
    return {
      result: { ...end, ...payment },
      settle: () => ledger.settle({ type: 'settled', request, answer, at: now().toISOString(), ...line, ...payment }),
    }
  }

  function unsent(reason: string): Asked {
    return { result: { ...describeEnd('failed', reason), usage: noUsage, cost_usd: 0 }, settle: async () => {} }
  }

  function stopped(): Asked {
    if (!isSent)
      return { result: { ...describeEnd('stopped', null), usage: noUsage, cost_usd: 0 }, settle: async () => {} }
    return settled({ fate: 'failed', reason: 'stopped' }, unknownPayment, describeEnd('stopped', null))
  }

  function failed(reason: string): Asked {
    return isSent ? settled({ fate: 'failed', reason }, unknownPayment, describeEnd('failed', reason)) : unsent(reason)
  }
}

const unknownPayment = { usage: { prompt_tokens: null, completion_tokens: null }, cost_usd: null }
