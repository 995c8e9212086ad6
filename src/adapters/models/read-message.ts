import type { Reply } from '../../domain/recipes/recipe.ts'
import { asRecord, asText } from './json.ts'

/**
 * What the model wrote, from the body of a chat completion, fresh or stored. Never throws: what is not there is empty.
 *
 * Providers agree on little beyond OpenAI's core; `reasoning` (OpenRouter) and `reasoning_content` (vLLM, llama.cpp,
 * DeepSeek) are in no specification.
 */
export function readMessage(response: unknown): Reply {
  const choice = asRecord(asRecord(asRecord(response)['choices'])[0])
  const message = asRecord(choice['message'])
  const reasoning = asText(message['reasoning']) ?? asText(message['reasoning_content'])
  const refusal = asText(message['refusal'])
  return {
    text: joinParts(message['content']),
    ...(reasoning && { reasoning }),
    ...(refusal && { refusal }),
    finishReason: asText(choice['finish_reason']) ?? 'unknown',
  }
}

function joinParts(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content.map((part: unknown) => asText(asRecord(part)['text']) ?? '').join('')
}
