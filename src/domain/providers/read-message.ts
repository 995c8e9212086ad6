import { findEnding } from '../answers/find-ending.ts'
import type { Reply } from '../recipes/recipe.ts'
import { asRecord, asText } from './json.ts'

/**
 * What the model wrote, from the body of a chat completion, fresh or stored. Never throws: missing parts are empty.
 *
 * Providers agree on little beyond OpenAI's core. Reasoning comes as one of `reasoningFields`, as parts of the content
 * (Mistral, Anthropic) or, at OpenRouter, as `reasoning_details`; the first with any text counts, since several are sent
 * side by side and some of them are empty.
 */
export function readMessage(response: unknown): Reply {
  const choice = asRecord(asRecord(asRecord(response)['choices'])[0])
  const message = asRecord(choice['message'])
  const { text, refusal: refusedPart } = readContent(message['content'])
  const reasoning = listReasoning(message).find((candidate) => candidate.trim() !== '')
  const refusal = asText(message['refusal']) || refusedPart
  return {
    text,
    ...(reasoning !== undefined && { reasoning }),
    ...(refusal && { refusal }),
    finishReason: readFinishReason(choice),
  }
}

/** OpenRouter and vLLM; DeepSeek, SGLang, llama.cpp and older vLLM; Ollama; GitHub's models. They are in no specification. */
const reasoningFields = ['reasoning', 'reasoning_content', 'thinking', 'reasoning_text'] as const

/** The reasoning in a message, or in a piece of one, under each of its names: several are sent side by side, some of them empty. */
export function listReasoning(message: Record<string, unknown>): string[] {
  return [
    ...reasoningFields.map((field) => joinTexts(message[field])),
    readContent(message['content']).thinking,
    joinTexts(message['reasoning_details']),
    joinTexts(message['thinking_blocks']),
  ]
}

/**
 * OpenRouter adds the stop reason of the provider behind it to its own. Its own may be missing, or say `stop` where the provider
 * said that the limit was reached.
 */
function readFinishReason(choice: Record<string, unknown>): string {
  const own = asText(choice['finish_reason'])
  const native = asText(choice['native_finish_reason'])
  const isHidden =
    native && findEnding({ finishReason: own ?? '' }) === undefined && findEnding({ finishReason: native })
  return (isHidden ? native : own || native) || 'unknown'
}

interface Content {
  readonly text: string
  readonly thinking: string
  readonly refusal: string
}

/** A string; or parts, some of which are thinking or a refusal; or one such part alone. */
export function readContent(content: unknown): Content {
  const parts = Array.isArray(content) ? (content as unknown[]) : [content]
  const join = (kind: ContentKind) =>
    parts
      .filter((part) => kindOf(part) === kind)
      .map(joinTexts)
      .join('')
  return { text: join('text'), thinking: join('thinking'), refusal: join('refusal') }
}

type ContentKind = 'text' | 'thinking' | 'refusal'

function kindOf(part: unknown): ContentKind {
  const { type, thought } = asRecord(part)
  if (type === 'refusal') return 'refusal'
  // Gemini marks a part as a thought; others use another name.
  return thought === true || (typeof type === 'string' && /think|reason|thought/.test(type)) ? 'thinking' : 'text'
}

/** Where a part's text is, by its type: at most one of them is present. */
const textFields = ['text', 'thinking', 'reasoning', 'summary', 'content', 'refusal'] as const

/** Deeper than any provider nests parts. */
const deepest = 5

/** The text of a part, of a list of parts, or of parts inside a part, as Mistral's thinking has them. */
function joinTexts(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || depth > deepest) return ''
  if (Array.isArray(value)) return value.map((part) => joinTexts(part, depth + 1)).join('')
  const part = asRecord(value)
  const field = textFields.find((field) => part[field] !== undefined && part[field] !== null)
  return field === undefined ? '' : joinTexts(part[field], depth + 1)
}
