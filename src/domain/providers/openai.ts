import type { Sampling, TokenLimitParameter } from '../models/model-spec.ts'
import { local, renderChatParameters } from './local.ts'
import type { Provider } from './provider.ts'

export const openai = {
  ...local,
  name: 'openai',
  defaults: { baseUrl: 'https://api.openai.com/v1', apiKeyVariable: 'OPENAI_API_KEY' },
  renderParameters,
  renderRequest: (modelId, sampling, messages, limit?: TokenLimitParameter) => ({
    body: { ...renderParameters(modelId, sampling, limit), messages },
  }),
} as const satisfies Provider

/**
 * OpenAI's newer models refuse `max_tokens`, its older ones accept both. Other servers may ignore the new name, and an
 * ignored limit costs money.
 */
function renderParameters(modelId: string, sampling: Sampling, limit: TokenLimitParameter = 'max_completion_tokens') {
  return renderChatParameters(modelId, sampling, limit)
}
