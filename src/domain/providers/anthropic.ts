import type { Model, TokenUsage } from '../models/model-spec.ts'
import { chatOwnFields } from '../models/own-fields.ts'
import type { Message, Reply } from '../recipes/recipe.ts'
import { anthropicBatches } from './batches/anthropic-batches.ts'
import { describeErrorBody } from './describe-error-body.ts'
import { asRecord, asText } from './json.ts'
import { local } from './local.ts'
import type { DescribedFailure, ImpossibleField, Provider, RequestParameters } from './provider.ts'
import { readAnthropicLimits } from './rate-limits/read-anthropic-limits.ts'
import { readContent } from './read-message.ts'
import { nameServed } from './read-served.ts'
import { readCount, readPriceFactors } from './read-usage.ts'
import { anthropicStreaming } from './streams/anthropic-stream.ts'

/**
 * Anthropic's own Messages API (platform.claude.com/docs/en/api/messages). Written from its documentation, whose replies
 * are in `fixtures/anthropic`.
 *
 * Thinking is kept in the stored answer and is not sent back in later rounds. Anthropic requires that inside one
 * conversation; a later round here is a new question that shows the best few programs so far.
 */
export const anthropic = {
  name: 'anthropic',
  title: 'Anthropic',
  defaults: { baseUrl: 'https://api.anthropic.com/v1', apiKeyVariable: 'ANTHROPIC_API_KEY' },
  listImpossible,
  ownFields: {
    ...chatOwnFields,
    system: 'the recipe writes it',
    // It has none.
    seed: 'Anthropic takes no seed',
    reasoning_effort: 'use --reasoning-effort',
  },
  path: '/messages',
  renderParameters,
  renderRequest: ({ messages, ...request }) => ({
    body: { ...renderParameters(request), ...renderMessages(messages) },
    headers: { 'anthropic-version': '2023-06-01' },
  }),
  renderKey: (key) => ({ 'x-api-key': key }),
  streaming: anthropicStreaming,
  batching: anthropicBatches,
  readReply,
  holdsMessage: (body) => Array.isArray(asRecord(body)['content']),
  findError: local.findError,
  readPayment: (body) => ({ usage: readUsage(asRecord(body)['usage']) }),
  readServed(body) {
    const { model, usage } = asRecord(body)
    return nameServed({ model, serviceTier: asRecord(usage)['service_tier'] })
  },
  describeFailure,
  readRateLimits: readAnthropicLimits,
} as const satisfies Provider

function listImpossible({
  systemRole,
  tokenLimitParameter,
}: Pick<Partial<Model>, 'systemRole' | 'tokenLimitParameter'>): ImpossibleField[] {
  const fields: ImpossibleField[] = []
  if (systemRole === 'developer') {
    fields.push({ field: 'systemRole', message: 'must be system or user: Anthropic knows no developer messages' })
  }
  if (tokenLimitParameter !== undefined) {
    fields.push({ field: 'tokenLimitParameter', message: 'Anthropic’s limit is always max_tokens' })
  }
  return fields
}

/** The API requires a limit. This one leaves room to think, and every current model allows it. */
const standardMaxTokens = 32_000

/** There is no seed: samples differ by themselves. */
function renderParameters({ modelId, sampling }: RequestParameters) {
  const { temperature, maxTokens, reasoningEffort, parameters } = sampling
  const budget = readBudget(reasoningEffort)
  return {
    ...parameters,
    model: modelId,
    // Thinking counts towards the limit, which has to be above the budget.
    max_tokens: maxTokens ?? standardMaxTokens + (budget ?? 0),
    ...(temperature !== undefined && { temperature }),
    ...renderThinking(reasoningEffort, budget),
  }
}

/**
 * Models since Claude 4.6 take a level (`low` to `max`); those up to 4.5 know no levels and take a number of tokens.
 * Without `summarized`, current models leave out the text of their thinking.
 */
function renderThinking(effort: string | undefined, budget: number | undefined) {
  if (effort === undefined) return {}
  if (budget !== undefined) return { thinking: { type: 'enabled', budget_tokens: budget } }
  return { thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort } }
}

function readBudget(effort: string | undefined): number | undefined {
  return effort !== undefined && /^\d{1,7}$/.test(effort) ? Number(effort) : undefined
}

/** A recipe's system message is the same for all tasks, so it is worth caching. */
function renderMessages(messages: readonly Message[]) {
  const system = messages.filter(({ role }) => role === 'system')
  return {
    ...(system.length > 0 && {
      system: system.map(({ content }, index) => ({
        type: 'text',
        text: content,
        ...(index === system.length - 1 && { cache_control: { type: 'ephemeral' } }),
      })),
    }),
    messages: messages.filter(({ role }) => role !== 'system'),
  }
}

function readReply(body: unknown): Reply {
  const { content, stop_reason, stop_details } = asRecord(body)
  const { text, thinking } = readContent(content)
  const refusal = stop_reason === 'refusal' ? asText(asRecord(stop_details)['explanation']) : undefined
  return {
    text,
    ...(thinking.trim() !== '' && { reasoning: thinking }),
    ...(refusal && { refusal }),
    finishReason: asText(stop_reason) || 'unknown',
  }
}

/** `input_tokens` excludes what was written to the cache or read from it. */
function readUsage(usage: unknown): TokenUsage {
  const { input_tokens, cache_creation_input_tokens, cache_read_input_tokens, output_tokens, service_tier } =
    asRecord(usage)
  const parts = [input_tokens, cache_creation_input_tokens ?? 0, cache_read_input_tokens ?? 0].map(readCount)
  return {
    promptTokens: parts.reduce((sum, part) => (sum === null || part === null ? null : sum + part), 0),
    completionTokens: readCount(output_tokens),
    ...readPriceFactors({
      read: cache_read_input_tokens,
      written: cache_creation_input_tokens,
      serviceTier: service_tier,
    }),
  }
}

/** A spending limit has the type of a rate limit; `details` says which it is. */
function describeFailure(body: unknown, status: number): DescribedFailure {
  const described = describeErrorBody(body, status)
  const { type, details } = asRecord(asRecord(body)['error'])
  const unknownModel = type === 'not_found_error' && described.message.startsWith('model:')
  const code = asText(asRecord(details)['error_code']) ?? (unknownModel ? 'model_not_found' : undefined)
  return { ...described, ...(code !== undefined && { code }) }
}
