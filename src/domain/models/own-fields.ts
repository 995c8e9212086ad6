import type { Provider, RequestParameters } from '../providers/provider.ts'

/** Further fields of a request's body, by the provider's own names. */
export type BodyFields = Readonly<Record<string, unknown>>

/** What people call a field that is Arcloom's own to send, and what they should set instead: `use --temperature`. */
export type OwnFields = Readonly<Record<string, string>>

/** Of chat completions. */
export const chatOwnFields: OwnFields = {
  model: 'use --model',
  messages: 'the recipe writes them',
  prompt: 'the recipe writes it',
  temperature: 'use --temperature, or defaults.temperature of the model',
  max_tokens: 'use --max-tokens, or defaults.maxTokens of the model',
  max_completion_tokens: 'use --max-tokens, or defaults.maxTokens of the model',
  reasoning_effort: 'use --reasoning-effort, or defaults.reasoningEffort of the model',
  seed: 'use --seed',
  n: 'use --best-of, which sends one request per sample',
  stream: 'Arcloom decides how a reply is sent',
  stream_options: 'Arcloom decides how a reply is sent',
}

export interface TakenField {
  readonly field: string
  readonly advice: string
}

/**
 * The first of a person's own fields that Arcloom sends itself, or would have to send differently. Two sources for one field
 * would leave open which of them holds.
 *
 * @param request what Arcloom would send without them
 */
export function findTakenField(
  { ownFields, renderRequest }: Pick<Provider, 'ownFields' | 'renderRequest'>,
  request: RequestParameters,
  fields: BodyFields,
): TakenField | undefined {
  const sent = renderRequest({ ...request, messages: [{ role: 'system', content: '' }] }).body
  const taken = Object.keys(fields).find((field) => Object.hasOwn(ownFields, field) || Object.hasOwn(sent, field))
  if (taken === undefined) {
    // Two names for the same thing at OpenRouter, and at some servers of one's own.
    return Object.hasOwn(fields, 'reasoning') && Object.hasOwn(sent, 'reasoning_effort')
      ? {
          field: 'reasoning',
          advice: 'leave out --reasoning-effort and defaults.reasoningEffort, or write it here alone',
        }
      : undefined
  }
  return { field: taken, advice: ownFields[taken] ?? 'it follows from other flags' }
}
