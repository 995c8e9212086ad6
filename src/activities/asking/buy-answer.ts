import { ApplicationFailure } from '@temporalio/activity'
import type { Entry } from '../../adapters/models/gates/gate.ts'
import type { AnswerPlace, RunFolder } from '../../adapters/stores/run-store.ts'
import type { Answer, Question } from '../../domain/answers/answer.ts'
import { maxRequestCostUsd } from '../../domain/models/max-request-cost-usd.ts'
import type { Model, Sampling } from '../../domain/models/model-spec.ts'
import { withoutSecrets } from '../../domain/models/without-secrets.ts'
import type { Message } from '../../domain/recipes/recipe.ts'
import { failureTypes } from '../../domain/runs/failure-types.ts'
import type { SentLine } from '../../domain/runs/ledger-lines.ts'
import type { ActivityContext } from '../dependencies.ts'
import { explainDiskFault } from '../disk-fault.ts'
import { giveUpWhenHopeless } from '../give-up.ts'
import type { CallControl } from '../watch-control.ts'
import { enterGate } from './enter-gate.ts'
import { fetchKeptAnswer } from './fetch-kept-answer.ts'
import { giveUpBesideAnswers, stopAtLongOutage } from './give-up-outage.ts'
import { sendRequest, type Unanswered } from './send-request.ts'

export interface Purchase {
  readonly folder: RunFolder
  readonly model: Model
  readonly sampling: Sampling
  readonly messages: readonly Message[]
  readonly question: Question
  readonly key: string
  readonly control: CallControl
}

/**
 * Sends a request and stores its result: waits for the provider's gate and the run's permission, reserves disk space,
 * writes `sent` if the budget has room, makes the call, stores the answer, writes `settled`. This order makes every crash cheap and
 * accounts for every cent.
 *
 * @throws {ApplicationFailure} of a type in `failureTypes`
 */
export function createBuyAnswer(context: ActivityContext) {
  return async function buyAnswer(purchase: Purchase): Promise<Answer> {
    const { folder, key } = purchase
    const spending = context.spendingOf(folder)
    const giveUp = async () => {
      const ledger = await spending.readLedger()
      const { opened_at } = await folder.readState()
      giveUpWhenHopeless(ledger, key, opened_at)
      stopAtLongOutage(ledger, opened_at, context.maxOutageMs)
      return { ledger, opened_at }
    }
    const kept = await fetchKeptAnswer(context, purchase)
    // A worker that died may have found this out without living to report it.
    if (kept === undefined) await giveUp()
    const result = kept ?? (await buyOnce(context, purchase))
    if ('key' in result) return result
    const { kind, reason } = result
    if (kind !== 'try-again') throw ApplicationFailure.nonRetryable(reason, failureTypes.stopRun)
    const { ledger, opened_at } = await giveUp()
    // Rate limits hit whichever request comes at the wrong moment.
    if (result.because !== 'rate-limit') giveUpBesideAnswers(ledger, key, opened_at, context.maxOutageMs)
    throw ApplicationFailure.create({
      type: failureTypes.tryAgain,
      message: reason,
      ...(result.afterMs !== undefined && { nextRetryDelay: result.afterMs }),
    })
  }
}

const roomPollMs = 500

async function buyOnce(context: ActivityContext, purchase: Purchase): Promise<Answer | Unanswered> {
  for (;;) {
    const result = await sendWhenAllowed(context, purchase)
    if (result !== 'no-room') return result
    purchase.control.say('waiting for room in the budget')
    await new Promise((resolve) => setTimeout(resolve, roomPollMs))
  }
}

/** @returns `no-room` if the request may not be sent now: only requests in flight may free budget, or the run was paused */
async function sendWhenAllowed(context: ActivityContext, purchase: Purchase): Promise<Answer | Unanswered | 'no-room'> {
  const { folder, key } = purchase
  const entry = await enterGate(context, purchase)
  try {
    const place = await folder.reserveAnswer(key).catch(explainDiskFault)
    try {
      return await send(context, purchase, place, entry)
    } finally {
      await place.discard()
    }
  } finally {
    entry.leave()
  }
}

/** @throws {ApplicationFailure} if the budget has no room for the request and nothing in flight can free any */
async function reserve(context: ActivityContext, { folder }: Purchase, line: SentLine): Promise<boolean> {
  const spending = context.spendingOf(folder)
  const { state, ending, controls } = await folder.readState()
  // Paused or ended while waiting for a place: the caller, which waits for permission, handles both.
  if (state === 'paused' || ending !== null) return false
  const { budget_usd } = controls
  if (await spending.reserve(line, budget_usd).catch(explainDiskFault)) return true
  if (spending.inFlight > 0) return false
  const { dearness } = await spending.readLedger()
  const maxUsd = (line.most_usd ?? 0) * dearness
  const why = dearness > 1 ? `, since an earlier one cost ${dearness.toFixed(1)} times its maximum by the price` : ''
  throw ApplicationFailure.nonRetryable(
    `The budget of $${budget_usd} has no room for a request that may cost $${maxUsd.toFixed(5)}${why}.`,
    failureTypes.budgetReached,
  )
}

async function send(
  context: ActivityContext,
  { model: anyModel, ...rest }: Purchase,
  place: AnswerPlace,
  entry: Entry,
): Promise<Answer | Unanswered | 'no-room'> {
  const purchase = { ...rest, model: { ...anyModel, ...(entry.baseUrl !== undefined && { baseUrl: entry.baseUrl }) } }
  const request = context.createId()
  const prompt = await purchase.folder.putPrompt(purchase.messages).catch(explainDiskFault)
  const askedAt = context.now()
  const maxCostUsd = maxRequestCostUsd(purchase.model, purchase.sampling, purchase.messages)
  const at = askedAt.toISOString()
  const baseUrl = withoutSecrets(purchase.model.baseUrl)
  const line = { type: 'sent', request, answer: purchase.key, at, most_usd: maxCostUsd, base_url: baseUrl } as const
  if (!(await reserve(context, purchase, line))) {
    return 'no-room'
  }
  try {
    const onKept = () => leaveKept(entry, purchase.model)
    return await sendRequest(context, purchase, place, { request, prompt, askedAt, maxCostUsd, entry, onKept })
  } finally {
    // We cut it off, or did not store it: what the provider charges is unknown, so it counts at its maximum.
    context.spendingOf(purchase.folder).forget(request)
  }
}

/**
 * Providers that answer in the background count requests and tokens a minute, not how many answers they work on; only people
 * count those.
 */
function leaveKept(entry: Entry, { limits, providerLimits }: Model): void {
  if (limits.concurrentRequests === undefined && providerLimits?.concurrentRequests === undefined) entry.leave()
}
