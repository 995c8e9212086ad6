import { openaiBatches } from './batches/openai-batches.ts'
import { local, renderChatParameters } from './local.ts'
import type { ImpossibleField, Provider, RequestParameters } from './provider.ts'
import { isReasoningModel } from './responses/is-reasoning-model.ts'
import {
  findResponseError,
  holdsResponse,
  isResponse,
  readResponse,
  readResponseUsage,
} from './responses/read-response.ts'
import { responses } from './responses/responses.ts'

const baseUrl = 'https://api.openai.com/v1'

/** OpenAI speaks chat completions and the Responses API. Stored answers of both are told apart by their bodies. */
export const openai = {
  ...local,
  name: 'openai',
  title: 'OpenAI',
  defaults: { baseUrl, apiKeyVariable: 'OPENAI_API_KEY' },
  listImpossible,
  // All its batches cost half (platform.openai.com/docs/guides/batch).
  batching: { ...openaiBatches, priceFactor: 0.5 },
  renderParameters,
  renderRequest: ({ messages, ...request }) => ({ body: { ...renderParameters(request), messages } }),
  readReply: (body) => (isResponse(body) ? readResponse(body) : local.readReply(body)),
  holdsMessage: (body) => (isResponse(body) ? holdsResponse(body) : local.holdsMessage(body)),
  findError: (body) => (isResponse(body) ? findResponseError(body) : local.findError(body)),
  readPayment: (body) => (isResponse(body) ? { usage: readResponseUsage(body) } : local.readPayment(body)),
  responses,
  // Other servers behind this provider mostly have chat completions alone.
  chooseApi: (modelId, at) => (at === baseUrl && isReasoningModel(modelId) ? 'responses' : 'chat'),
} as const satisfies Provider

/**
 * OpenAI's newer models refuse `max_tokens`, its older ones accept both. Other servers may ignore the new name, and an
 * ignored limit costs money.
 */
function renderParameters({ tokenLimitParameter = 'max_completion_tokens', ...request }: RequestParameters) {
  return renderChatParameters({ ...request, tokenLimitParameter })
}

function listImpossible({
  api,
  tokenLimitParameter,
  background,
}: Parameters<NonNullable<Provider['listImpossible']>>[0]): ImpossibleField[] {
  const fields: ImpossibleField[] = []
  if (api === 'responses' && tokenLimitParameter !== undefined) {
    fields.push({ field: 'tokenLimitParameter', message: 'the limit of the Responses API is always max_output_tokens' })
  }
  if (api === 'chat' && background !== undefined) {
    fields.push({ field: 'background', message: 'only the Responses API answers in the background' })
  }
  return fields
}
