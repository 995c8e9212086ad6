import { chatOwnFields } from '../../models/own-fields.ts'
import type { Message } from '../../recipes/recipe.ts'
import { describeErrorBody } from '../describe-error-body.ts'
import { asRecord, asText } from '../json.ts'
import type { Background, DescribedFailure, ProviderApi, RequestParameters } from '../provider.ts'
import { responsesStreaming } from '../streams/responses-stream.ts'
import { isReasoningModel } from './is-reasoning-model.ts'
import { listItemsToSendBack } from './read-response.ts'

/**
 * OpenAI's Responses API, for requests: what it answers is told from chat completions by the body (`read-response.ts`).
 * Written from its reference and its guides to reasoning and background mode; the shapes are in `fixtures/openai`.
 *
 * Reasoning goes back to the model in later rounds, as the reference asks: each earlier reply is sent as the items it came in.
 * They hold the reasoning in encrypted form, so that nothing depends on what the provider still stores.
 */
export const responses: ProviderApi = {
  path: '/responses',
  ownFields: {
    ...chatOwnFields,
    input: 'the recipe writes it',
    instructions: 'the recipe writes them',
    max_output_tokens: 'use --max-tokens, or defaults.maxTokens of the model',
    seed: 'the Responses API takes no seed',
    store: 'Arcloom decides how a reply is sent',
    background: 'write "background": false into the entry of the model to switch it off',
    include: 'Arcloom asks for the reasoning where the model has any',
    previous_response_id: 'Arcloom sends earlier replies back itself',
  },
  sendsRepliesBack: true,
  renderParameters,
  renderRequest: ({ messages, earlierReplies = {}, ...request }) => ({
    body: {
      ...renderParameters(request),
      input: messages.flatMap((message) => renderMessage(message, earlierReplies)),
      store: false,
      // Models that do not reason refuse this.
      ...(isReasoningModel(request.modelId) && { include: [encryptedReasoning] }),
    },
  }),
  streaming: responsesStreaming,
  background: createBackground(),
  describeFailure,
}

const encryptedReasoning = 'reasoning.encrypted_content'

/**
 * There is no seed: samples differ by themselves. A summary of the reasoning has to be asked for (`parameters`), because
 * OpenAI gives it only to verified organizations and refuses the others.
 */
function renderParameters({ modelId, sampling }: RequestParameters): Record<string, unknown> {
  const { temperature, maxTokens, reasoningEffort, parameters } = sampling
  return {
    ...parameters,
    model: modelId,
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { max_output_tokens: maxTokens }),
    ...(reasoningEffort !== undefined && {
      reasoning: { ...asRecord(parameters?.['reasoning']), effort: reasoningEffort },
    }),
  }
}

function renderMessage(
  { role, content, answer }: Message,
  earlierReplies: Readonly<Record<string, unknown>>,
): readonly Record<string, unknown>[] {
  const items = answer === undefined ? [] : listItemsToSendBack(earlierReplies[answer])
  return items.length > 0 ? items : [{ role, content }]
}

function createBackground(): Background {
  const locate = (id: string) => `/${encodeURIComponent(id)}`
  return {
    // Without `store`, the answer is gone about ten minutes after it was written.
    parameters: { background: true, store: true },
    readCall(body) {
      const { id, status } = asRecord(body)
      const [call, state] = [asText(id), asText(status)]
      if (!call || !state) return undefined
      return { id: call, status: state, isPending: state === 'queued' || state === 'in_progress' }
    },
    find: (id, modelId) => ({
      suffix: locate(id),
      ...(isReasoningModel(modelId) && { query: { 'include[]': encryptedReasoning } }),
    }),
    cancel: (id) => ({ suffix: `${locate(id)}/cancel` }),
  }
}

/** A response that fails later than its request names a code where the request would have had a status. */
const statuses: Readonly<Record<string, number>> = {
  server_error: 500,
  rate_limit_exceeded: 429,
  invalid_prompt: 400,
}

function describeFailure(body: unknown, status: number): DescribedFailure {
  const described = describeErrorBody(body, status)
  const meant = status === 200 && described.code !== undefined ? statuses[described.code] : undefined
  return meant === undefined ? described : { status: meant, ...described }
}
