import type { Outcome, Reply } from '../recipes/recipe.ts'

type Ending = Extract<Outcome, 'refused' | 'truncated'>

/**
 * Stop reasons for an answer that did not end by itself, in addition to OpenAI's `length` and `content_filter`. Compared without
 * regard to case: gateways pass on whatever the provider behind them said.
 */
const endings: Readonly<Record<Ending, readonly string[]>> = {
  truncated: [
    'length',
    // Upper case at Gemini and Cohere; lower case at Anthropic and Bedrock.
    'max_tokens',
    'max_output_tokens',
    'max_completion_tokens',
    'max_length',
    // Mistral, Anthropic: the model's context is full.
    'model_length',
    'context_length',
    'context_length_exceeded',
    'model_context_window_exceeded',
    // Anthropic: the turn could be continued, which nothing here does.
    'pause_turn',
    // vLLM, SGLang, DeepSeek: the server gave up on the way.
    'abort',
    'aborted',
    'cancelled',
    'canceled',
    'timeout',
    'time_limit',
    'incomplete',
    'insufficient_system_resource',
  ],
  refused: [
    'content_filter',
    'content_filtered',
    'refusal',
    'safety',
    'recitation',
    'blocklist',
    'prohibited_content',
    'spii',
    'image_safety',
    'guardrail_intervened',
    'error_toxic',
    'sensitive',
  ],
}

const endingByReason = new Map(
  Object.entries(endings).flatMap(([ending, reasons]) => reasons.map((reason) => [reason, ending as Ending] as const)),
)

/** How a reply ended early, by the provider's stop reason; undefined if it ended by itself. */
export function findEnding(reply: Pick<Reply, 'refusal' | 'finishReason'>): Ending | undefined {
  if (reply.refusal) return 'refused'
  return endingByReason.get(reply.finishReason.trim().toLowerCase().replaceAll(/[ -]/g, '_'))
}
