import { local, renderChatParameters } from './local.ts'
import type { Provider, RequestParameters } from './provider.ts'

export const openai = {
  ...local,
  name: 'openai',
  title: 'OpenAI',
  defaults: { baseUrl: 'https://api.openai.com/v1', apiKeyVariable: 'OPENAI_API_KEY' },
  renderParameters,
  renderRequest: ({ messages, ...request }) => ({ body: { ...renderParameters(request), messages } }),
} as const satisfies Provider

/**
 * OpenAI's newer models refuse `max_tokens`, its older ones accept both. Other servers may ignore the new name, and an
 * ignored limit costs money.
 */
function renderParameters({ tokenLimitParameter = 'max_completion_tokens', ...request }: RequestParameters) {
  return renderChatParameters({ ...request, tokenLimitParameter })
}
