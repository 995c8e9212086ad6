import type { Model, Sampling } from './model-spec.ts'

/**
 * The fields of a chat completion's body beside its messages, by their OpenAI names.
 *
 * They are part of what an answer's key is the hash of, so what is unset is left out rather than sent as null.
 */
export function renderParameters(
  model: Pick<Model, 'provider' | 'id'>,
  sampling: Sampling,
): Readonly<Record<string, unknown>> {
  const { temperature, maxTokens, reasoningEffort, seed } = sampling
  // OpenAI's newer models refuse `max_tokens`, its older ones take both; other servers may ignore the new name, and a
  // limit that is ignored costs money.
  const limit = model.provider === 'openai' ? 'max_completion_tokens' : 'max_tokens'
  return {
    model: model.id,
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { [limit]: maxTokens }),
    ...(reasoningEffort !== undefined && { reasoning_effort: reasoningEffort }),
    ...(seed !== undefined && { seed }),
    // Without it OpenRouter may leave out what the call cost.
    ...(model.provider === 'openrouter' && { usage: { include: true } }),
  }
}
