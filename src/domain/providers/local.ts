import { chatOwnFields } from '../models/own-fields.ts'
import { openaiBatches } from './batches/openai-batches.ts'
import { describeErrorBody } from './describe-error-body.ts'
import { asRecord } from './json.ts'
import type { Provider, RequestParameters } from './provider.ts'
import { readOpenaiLimits } from './rate-limits/read-openai-limits.ts'
import { readMessage } from './read-message.ts'
import { readServed } from './read-served.ts'
import { readClaimedCost, readUsage } from './read-usage.ts'
import { chatStreaming } from './streams/chat-stream.ts'

/** Any server that speaks OpenAI's chat completions: vLLM, SGLang, llama.cpp, Ollama. Other providers build on this one. */
export const local = {
  name: 'local',
  title: 'The server',
  defaults: {
    baseUrl: 'http://127.0.0.1:8000/v1',
    // Your own machine has no price per token: its runs cost nothing rather than an unknown sum.
    prices: { promptUsdPerMillion: 0, completionUsdPerMillion: 0, asOf: '2026-11-23', source: 'own-machine' },
  },
  ownFields: chatOwnFields,
  path: '/chat/completions',
  renderParameters: renderChatParameters,
  renderRequest: ({ messages, ...request }) => ({ body: { ...renderChatParameters(request), messages } }),
  renderKey: (key) => ({ authorization: `Bearer ${key}` }),
  streaming: chatStreaming,
  // Not every server has them. Those that do speak as OpenAI does.
  batching: openaiBatches,
  readReply: readMessage,
  holdsMessage(body) {
    const { message } = firstChoice(body)
    return typeof message === 'object' && message !== null
  },
  findError: (body) => asRecord(body)['error'] || firstChoice(body)['error'] || undefined,
  readPayment(body) {
    const { usage, service_tier } = asRecord(body)
    const claimedCost = readClaimedCost(usage)
    return { usage: readUsage(usage, service_tier), ...(claimedCost !== undefined && { claimedCost }) }
  },
  readServed,
  describeFailure: describeErrorBody,
  readRateLimits: readOpenaiLimits,
} as const satisfies Provider

export function renderChatParameters({
  modelId,
  sampling,
  tokenLimitParameter = 'max_tokens',
}: RequestParameters): Record<string, unknown> {
  const { temperature, maxTokens, reasoningEffort, seed, parameters } = sampling
  return {
    ...parameters,
    model: modelId,
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { [tokenLimitParameter]: maxTokens }),
    ...(reasoningEffort !== undefined && { reasoning_effort: reasoningEffort }),
    ...(seed !== undefined && { seed }),
  }
}

function firstChoice(body: unknown): Record<string, unknown> {
  return asRecord(asRecord(asRecord(body)['choices'])[0])
}
