import type { TokenRates } from '../models/model-spec.ts'
import { chatOwnFields, type BodyFields } from '../models/own-fields.ts'
import { openrouterBatches } from './batches/openrouter-batches.ts'
import { asNumber, asRecord } from './json.ts'
import { local, renderChatParameters } from './local.ts'
import { openrouterCost } from './openrouter-cost.ts'
import type { HostRouting, Provider, RequestParameters } from './provider.ts'
import { readOpenrouterLimits } from './rate-limits/read-openrouter-limits.ts'

export const openrouter = {
  ...local,
  name: 'openrouter',
  title: 'OpenRouter',
  defaults: { baseUrl: 'https://openrouter.ai/api/v1', apiKeyVariable: 'OPENROUTER_API_KEY' },
  listsPrices: true,
  readRateLimits: (header, _nowMs, body) => readOpenrouterLimits(header, body),
  ownFields: {
    ...chatOwnFields,
    usage: 'Arcloom always asks for it',
    models: 'give each model a run of its own: --model is repeatable',
  },
  renderRouting,
  readMaxRates,
  // openrouter.ai/docs/api_reference/streaming
  callIdHeader: 'x-generation-id',
  batching: openrouterBatches,
  costLookup: openrouterCost,
  renderParameters,
  renderRequest: ({ messages, ...request }) => ({
    body: { ...renderParameters(request), messages },
    headers: appHeaders,
  }),
} as const satisfies Provider

/** Shown to the account's owner beside each call (openrouter.ai/docs/app-attribution). */
const appHeaders = { 'http-referer': 'https://github.com/arcloom/arcloom', 'x-title': 'Arcloom' }

function renderParameters(request: RequestParameters) {
  // Without `usage`, OpenRouter may leave out the cost of the call.
  return { ...renderChatParameters(request), usage: { include: true } }
}

/** openrouter.ai/docs/features/provider-routing */
function renderRouting({ only, order, fallbacks, quantizations }: HostRouting): BodyFields {
  return {
    provider: {
      ...(only && { only }),
      ...(order && { order }),
      ...(fallbacks !== undefined && { allow_fallbacks: fallbacks }),
      ...(quantizations && { quantizations }),
    },
  }
}

/** `provider.max_price`, in USD per million tokens: hosts that charge more are not asked. */
function readMaxRates({ provider }: BodyFields): TokenRates | undefined {
  const { prompt, completion } = asRecord(asRecord(provider)['max_price'])
  const [promptUsdPerMillion, completionUsdPerMillion] = [asNumber(prompt), asNumber(completion)]
  if (promptUsdPerMillion === undefined || completionUsdPerMillion === undefined) return undefined
  return { promptUsdPerMillion, completionUsdPerMillion }
}
