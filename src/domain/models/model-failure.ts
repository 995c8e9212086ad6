import { explainAddress, isAddressFault, isHttpFault, plainHttpWords } from './explain-address.ts'
import { findRefusedPart, type RequestPart } from './find-refused-part.ts'
import { isAboutWholeKey } from './is-about-whole-key.ts'
import type { ClaimedCost, TokenUsage } from './model-spec.ts'
import type { RateLimit } from './rate-limit.ts'

/** What a failed request to a model means for the sample that asked, and for the run. */
export type ModelFailure =
  /** Worth retrying, after `afterMs` if the provider gave a time. */
  | {
      readonly kind: 'try-again'
      readonly because: Trouble
      readonly reason: string
      readonly afterMs?: number
      /** The provider says that its limit is on the key or the account, so other models of it are refused, too. */
      readonly wholeKey?: true
      /** A reply came, or was waited for to the end, and may have been charged: worth only a few more tries. */
      readonly few?: true
      /** If nothing was ever answered, the address is wrong, and every request will fail the same way. */
      readonly addressFault?: true
    }
  /** This sample can never succeed (its prompt is too long, for example); others can. */
  | { readonly kind: 'end-sample'; readonly reason: string; readonly refusedPart?: RequestPart }
  /** No request of this run can succeed until a person acts (key, model name, payment). */
  | { readonly kind: 'stop-run'; readonly reason: string; readonly refusedPart?: RequestPart }

/** Why retrying may help. `rate-limit` slows every request to this model, and with `wholeKey` all models of the key. */
type Trouble = 'rate-limit' | 'no-reply' | 'server-error' | 'broken-reply' | 'empty-reply'

/** What is known about a failed request. `status` is absent if no reply came at all: refused, reset, timed out. */
export interface FailedRequest {
  readonly status?: number
  /** The provider's own code or type, unless it only repeats the status. */
  readonly code?: string
  readonly message: string
  /** The machine-readable part of the body; read, not shown. */
  readonly details?: string
  readonly headers: Readonly<Record<string, string | undefined>>
  /** What the provider said about its limits. */
  readonly rateLimits?: readonly RateLimit[]
  /** What was wrong with a reply that came with HTTP 200. */
  readonly reply?: ReplyFault
  /** Where the request was sent, without a password or a query. */
  readonly address?: string
  /** The part of the address after the base URL. */
  readonly path?: string
  /** `POST` if absent. */
  readonly method?: 'GET'
  /** Set if nothing left this machine, so nothing can have been charged. */
  readonly neverSent?: true
  /** Set if the request was sent without a key. */
  readonly keyless?: true
  /** Set if the provider has the call all the same: only looking for its answer failed, so the call has no fate yet. */
  readonly stillOpen?: true
}

/**
 * `error-body`: an error in place of the answer; `broken`: violates the protocol; `empty`: a message without a token;
 * `page`: HTML; `undecodable`: not compressed as it claims; `cut`: the connection ended inside it; `too-large`: longer
 * than allowed.
 */
type ReplyFault = 'error-body' | 'broken' | 'empty' | 'page' | 'undecodable' | 'cut' | 'too-large'

/** Thrown by a model client. Never contains the key. */
export class ModelRequestFailed extends Error {
  override readonly name = 'ModelRequestFailed'
  readonly failed: FailedRequest
  /** What the provider counted and charged all the same. */
  readonly paid: PaidInVain | undefined
  /** What had come of the answer; absent if nothing had. */
  readonly partial: PartialAnswer | undefined

  constructor(failed: FailedRequest, paid?: PaidInVain, partial?: PartialAnswer) {
    super(failed.message)
    this.failed = failed
    this.paid = paid
    this.partial = partial
  }
}

/** What a model had written when its stream broke. Nothing takes it for an answer. */
export interface PartialAnswer {
  readonly text: string
  readonly reasoning: string
}

export interface PaidInVain {
  readonly usage: TokenUsage
  readonly claimedCost?: ClaimedCost
  readonly requestId?: string
}

/** If a provider asks for a longer pause, the retry policy's own applies, so that one bad header cannot stall a run. */
const maxPauseMs = 10 * 60_000

export function classifyModelFailure(request: FailedRequest, nowMs: number): ModelFailure {
  const kind = chooseKind(request)
  const words = request.status === undefined ? request.message : `${request.status}: ${request.message}`
  const reason = endSentence(words, explainAddress(request) + explainMissingKey(request))
  const refusedPart = isPromptTooLong(reason) ? undefined : findRefusedPart(request)
  // A template that raises is a server error, and no retry changes the template.
  if (refusedPart && request.status === 500) return { kind: 'end-sample', reason, refusedPart }
  if (kind !== 'try-again') return { kind, reason, ...(refusedPart && { refusedPart }) }
  const afterMs = readPause(request.headers, nowMs)
  const because = nameTrouble(request)
  const wholeKey = because === 'rate-limit' && isAboutWholeKey(request)
  return {
    kind,
    because,
    reason,
    ...(afterMs !== undefined && { afterMs }),
    ...(wholeKey && { wholeKey }),
    ...(isWorthFew(request) && { few: true }),
    ...(isAddressFault(request) && { addressFault: true }),
  }
}

/** Providers use the same words whether a key was wrong or missing. */
function explainMissingKey({ status, keyless }: FailedRequest): string {
  if (status !== 401 || !keyless) return ''
  return (
    ' No key was sent: models of the provider local have none, and none goes to an address given by --base-url. ' +
    'To send one, write an entry with baseUrl and apiKeyVariable into arcloom.models.json.'
  )
}

/** Ends a provider's words as a sentence before more follows. */
export function endSentence(words: string, more: string): string {
  return more === '' || /[.!?]$/.test(words) ? words + more : `${words}.${more}`
}

/**
 * Whether an unusable reply came. Its provider may charge for each, and the next is likely to be the same
 * again. An error that names a status in its body counts as having that status.
 */
function isWorthFew({ status, code, reply }: FailedRequest): boolean {
  return code === 'timeout' || isHttpFault(code) || (reply !== undefined && (reply !== 'error-body' || status === 200))
}

/**
 * Whether a provider may charge for a failed request without reporting its usage: a reply came or broke off, or the
 * request was sent with unknown result. An error status is a refusal and costs nothing, unless a proxy only gave up waiting.
 */
export function mayHaveCost({ status, reply, neverSent }: FailedRequest): boolean {
  if (neverSent) return false
  return (
    status === undefined || status < 300 || gaveUpWaiting.has(status) || (reply !== undefined && reply !== 'error-body')
  )
}

/** 408, 499 and 504, and Cloudflare's 524. */
const gaveUpWaiting = new Set([408, 499, 504, 524])

/*
 * Statuses alone do not decide. The same 400 means a prompt too long (one sample) at most providers, an unknown model at
 * OpenRouter and an invalid key at Gemini (every sample); a 403 is moderation or a key's spending limit; a 429 is a rate
 * limit or an empty account; a 500 of llama.cpp may be a prompt too long, which no retry shortens. So the provider's own
 * codes are read first, then a few phrases that only one kind of error uses, and then the status.
 *
 * If words do not decide, 400 and 403 end the sample: stopping for one odd prompt would leave a run that can never be
 * finished, however often it is resumed.
 */
function chooseKind(request: FailedRequest): ModelFailure['kind'] {
  const { status, code = '', headers, reply } = request
  const message = `${request.message} ${request.details ?? ''}`
  if (reply !== undefined && reply !== 'error-body') return 'try-again'
  if (tooLongCodes.has(code) || tooLongWords.test(message)) return 'end-sample'
  // OpenRouter holds back part of the balance for calls in flight and says when to come back; without a time, someone has to pay.
  if (status === 402) return headers['retry-after'] === undefined ? 'stop-run' : 'try-again'
  if (stopCodes.has(code)) return 'stop-run'
  if (status === 429 && dayQuotaWords.test(message)) return 'stop-run'
  if ((status === 400 || status === 403 || status === 500) && stopWords.test(message)) return 'stop-run'
  // An accepted request (HTTP 200) had a good key and a known model: the fault lies behind the provider.
  if (reply === 'error-body') return endsSample.has(status ?? 0) ? 'end-sample' : 'try-again'
  if (status === undefined) return 'try-again'
  if (stopsRun.has(status)) return 'stop-run'
  if (passes.has(status) || status >= 500) return 'try-again'
  return status >= 300 && status < 400 ? 'stop-run' : 'end-sample'
}

/** Key, model, address and protocol: the same for every request of a run. */
const stopsRun = new Set([401, 404, 405, 407, 410, 426, 451])
const endsSample = new Set([400, 403, 413, 422])
const passes = new Set([408, 409, 423, 424, 425, 429, 499])

const tooLongCodes = new Set(['context_length_exceeded', 'exceed_context_size_error', 'string_above_max_length'])
const tooLongWords = new RegExp(
  [
    'maximum context length',
    'exceeds the available context size',
    'context size has been exceeded',
    // OpenAI's 429 for a prompt that alone is more than the tokens of a minute.
    'request too large for',
    // Anthropic
    'prompt is too long',
    'exceed context limit',
  ].join('|'),
  'i',
)

/** Whether a provider's words say that one prompt is too long: another may not be. */
export function isPromptTooLong(reason: string): boolean {
  return tooLongWords.test(reason)
}

const stopCodes = new Set([
  'missing_api_key',
  'unusable_api_key',
  'ERR_INVALID_URL',
  'invalid_api_key',
  'account_deactivated',
  'insufficient_quota',
  'exceeded_current_quota_error',
  'billing_hard_limit_reached',
  'billing_not_active',
  'openrouter_credits',
  'openrouter_free_tier_daily',
  // Anthropic's cap for the month, which comes as a rate limit; a key that may not do this.
  'enforced_spend_limit_reached',
  'permission_error',
  'model_not_found',
  'unsupported_country_region_territory',
  // A parameter that the model does not accept is sent with every request.
  'unsupported_parameter',
  'unsupported_value',
  'unknown_parameter',
])

/** Gemini calls a per-minute limit a quota too, in OpenAI's very words for an empty account: only the daily one is distinguished. */
const dayQuotaWords = /free-models-per-day|RequestsPerDay/i

const stopWords = new RegExp(
  [
    'is not a valid model ID',
    'API[ _]key (not valid|expired|not found)',
    'API_KEY_INVALID',
    'key limit exceeded',
    'credit balance is too low',
    'reached your specified .{0,20}usage limits',
    'insufficient (balance|credits)',
    "doesn't have any credits",
    'user location is not supported',
    'must be verified to use the model',
    'does not have access to model',
    // Sampling and machine are the same for every request, too.
    'maximum allowed number of output tokens',
    'max_(completion_)?tokens is too large',
    'requires more system memory',
    plainHttpWords.source,
  ].join('|'),
  'i',
)

function nameTrouble({ status, reply }: FailedRequest): Trouble {
  if (reply === 'empty') return 'empty-reply'
  if (reply !== undefined && reply !== 'error-body') return 'broken-reply'
  if (status === 429 || status === 402) return 'rate-limit'
  return status === undefined || status === 408 ? 'no-reply' : 'server-error'
}

/** `retry-after-ms` in milliseconds, else `retry-after` in seconds or as an HTTP date (RFC 9110, 10.2.3). */
function readPause(headers: FailedRequest['headers'], nowMs: number): number | undefined {
  const millis = Number(headers['retry-after-ms'] ?? NaN)
  const after = headers['retry-after'] ?? ''
  const pause = Number.isFinite(millis)
    ? millis
    : /^\d+(\.\d+)?$/.test(after)
      ? Number(after) * 1000
      : Date.parse(after) - nowMs
  return pause > 0 && pause <= maxPauseMs ? pause : undefined
}
