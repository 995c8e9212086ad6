import type { CollectedOutcome } from '../../adapters/models/batches/batch-client.ts'
import type { Answer } from '../../domain/answers/answer.ts'
import { settleAnswer } from '../../domain/answers/settle-answer.ts'
import { atBatchRate, markBatched } from '../../domain/models/batch-rate.ts'
import { judgePayment, readPaymentOfFailure } from '../../domain/models/judge-payment.ts'
import { classifyModelFailure, type ModelRequestFailed } from '../../domain/models/model-failure.ts'
import type { Model } from '../../domain/models/model-spec.ts'
import { parametersOf } from '../../domain/models/parameters-of.ts'
import { findApi } from '../../domain/providers/providers.ts'
import type { Batch, BatchedRequest } from '../../domain/runs/batches/batch.ts'
import type { SettledLine } from '../../domain/runs/ledger-lines.ts'
import { needAskingRun } from '../../domain/runs/run.ts'
import { seedSample } from '../asking/prepare-question.ts'
import { judgeRefusal } from '../asking/send-request.ts'
import type { ActivityContext } from '../dependencies.ts'
import { explainDiskFault } from '../disk-fault.ts'
import type { OpenRun } from '../read-run.ts'
import { settleUnprocessed } from './settle-requests.ts'

type Content = Pick<Answer, 'response' | 'rejected' | 'served_by' | 'usage' | 'cost_usd' | 'request_id'>

/**
 * Stores what came of one request of a batch, as if it had been sent alone, at the price of a batch.
 *
 * @returns why the run has to stop, if it has to
 */
export function createStoreResult(context: ActivityContext, open: OpenRun, model: Model, batch: Batch) {
  const { folder } = open
  const { sampling } = needAskingRun(open.run).specification
  const priced = atBatchRate(model)
  const now = () => context.now().toISOString()

  async function keep(request: BatchedRequest, content: Content, warning: Pick<SettledLine, 'warning'>): Promise<void> {
    const { answer: key, question, prompt } = request
    const asked_at = batch.sent_at ?? batch.built_at
    const answered_at = now()
    const place = await folder.reserveAnswer(key).catch(explainDiskFault)
    const parameters = findApi(model).renderParameters(
      parametersOf(model, seedSample(sampling, model, question.sample)),
    )
    const answer: Answer = {
      key,
      question,
      sent: { prompt, parameters },
      asked_at,
      answered_at,
      time_seconds: Math.max(0, (Date.parse(answered_at) - Date.parse(asked_at)) / 1000),
      ledger_request: request.request,
      ...content,
    }
    try {
      await place.put(answer).catch(explainDiskFault)
    } finally {
      await place.discard()
    }
    await folder.appendLedger({ ...settleAnswer(answer, now()), ...warning }).catch(explainDiskFault)
  }

  async function noteFailure(request: BatchedRequest, error: ModelRequestFailed): Promise<string | undefined> {
    const ledger = await context.spendingOf(folder).readLedger()
    const failure = judgeRefusal(classifyModelFailure(error.failed, context.now().getTime()), ledger, model)
    const paid = judgePayment(readPaymentOfFailure(error), priced, request.most_usd)
    const { reason } = failure
    if (failure.kind === 'end-sample') {
      const request_id = error.paid?.requestId ?? null
      await keep(request, { response: null, rejected: reason, ...paid.payment, request_id }, paid.warning)
      return undefined
    }
    const unusable = failure.kind === 'try-again' && (failure.few || paid.charged)
    const stops = failure.kind === 'stop-run'
    await folder
      .appendLedger({
        type: 'settled',
        request: request.request,
        answer: request.answer,
        at: now(),
        fate: 'failed',
        reason,
        ...paid.payment,
        ...(unusable && { unusable }),
        ...(stops && { stops_run: stops }),
        ...paid.warning,
      })
      .catch(explainDiskFault)
    return stops ? reason : undefined
  }

  return async function storeResult(request: BatchedRequest, outcome: CollectedOutcome): Promise<string | undefined> {
    const stored = await folder.findAnswer(request.answer)
    if (stored?.ledger_request === request.request) {
      // An earlier attempt may have ended between the answer and its line.
      await folder.appendLedger(settleAnswer(stored, now())).catch(explainDiskFault)
      return undefined
    }
    if (outcome.kind === 'unprocessed') {
      await settleUnprocessed(context, folder, [request], outcome.reason)
      return undefined
    }
    if (outcome.kind === 'failed') return noteFailure(request, outcome.failure)
    const { reply } = outcome
    const { response, servedBy, requestId = null } = reply
    const paid = judgePayment({ ...reply, usage: markBatched(reply.usage) }, priced, request.most_usd)
    const content = { response, rejected: null, served_by: servedBy, ...paid.payment, request_id: requestId }
    await keep(request, content, paid.warning)
    return undefined
  }
}
