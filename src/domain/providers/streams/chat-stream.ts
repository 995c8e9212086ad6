import { asRecord, asText } from '../json.ts'
import { listReasoning, readContent } from '../read-message.ts'
import { readEventData } from './read-event-data.ts'
import { noDelta, type Delta, type StreamedBody, type Streaming } from './streaming.ts'

/**
 * OpenAI's chunks (platform.openai.com/docs/api-reference/chat-streaming), and what others add to them: reasoning under various
 * names (OpenRouter, vLLM, DeepSeek), content in parts (Mistral), errors in the middle of the stream (OpenRouter, vLLM).
 *
 * The usage comes in a last chunk whose `choices` are empty, missing or null, and in some servers in every chunk: the last one
 * counts. The end is marked by a finish reason or by `[DONE]`; not every server sends both.
 */
export const chatStreaming: Streaming = {
  // Without `include_usage`, OpenAI and vLLM do not say how many tokens were used.
  parameters: { stream: true, stream_options: { include_usage: true } },
  begin: beginChatBody,
}

/** A field of the message that comes in pieces: a text, or a list of parts. */
type Growing = string | unknown[]

function beginChatBody(): StreamedBody {
  let top: Record<string, unknown> = {}
  let choice: Record<string, unknown> = {}
  const message = new Map<string, Growing>([['content', '']])
  let isWhole = false

  function add(chunk: Record<string, unknown>): Delta {
    const { choices, object, usage, ...fields } = chunk
    top = { ...top, ...withoutNull({ ...fields, usage }) }
    // vLLM sends the error itself, without a field around it.
    if (object === 'error') top['error'] ??= chunk
    const { delta, message: whole, index, ...rest } = asRecord(asRecord(choices)[0])
    // Only one choice is ever asked for.
    if (index !== undefined && index !== 0) return noDelta
    choice = { ...choice, ...withoutNull(rest) }
    const piece = asRecord(delta ?? whole)
    for (const [field, value] of Object.entries(piece)) {
      if (isGrowing(value) && field !== 'role') message.set(field, join(message.get(field), value))
    }
    if (asText(choice['finish_reason'])) isWhole = true
    return {
      text: readContent(piece['content']).text,
      reasoning: listReasoning(piece).find((text) => text !== '') ?? '',
    }
  }

  return {
    add(event) {
      if (event.data.trim() === '[DONE]') isWhole = true
      const chunk = readEventData(event)
      return chunk === undefined ? noDelta : add(chunk)
    },
    get body() {
      const written = Object.fromEntries(message)
      return {
        ...top,
        object: 'chat.completion',
        choices: [{ index: 0, ...choice, message: { role: 'assistant', ...written } }],
      }
    },
    get isWhole() {
      return isWhole
    },
  }
}

function isGrowing(value: unknown): value is Growing {
  return typeof value === 'string' || Array.isArray(value)
}

/** A server may send text first and parts later; then the text becomes a part. */
function join(before: Growing = '', more: Growing): Growing {
  if (typeof more === 'string') return typeof before === 'string' ? before + more : addPart(before, asPart(more))
  const parts = typeof before === 'string' ? (before === '' ? [] : [asPart(before)]) : before
  return more.reduce<unknown[]>(addPart, parts)
}

const asPart = (text: string) => ({ type: 'text', text })

const textFields = ['text', 'summary'] as const

/**
 * Pieces of one part (same type, same index) become one part again: a thought of 1,000 tokens must not be stored as 1,000
 * parts. Changes the list, which may be long.
 */
function addPart(parts: unknown[], next: unknown): unknown[] {
  const [last, piece] = [asRecord(parts.at(-1)), asRecord(next)]
  const field = textFields.find((name) => typeof last[name] === 'string' && typeof piece[name] === 'string')
  if (field === undefined || last['type'] !== piece['type'] || last['index'] !== piece['index']) parts.push(next)
  else parts.splice(-1, 1, { ...last, ...withoutNull(piece), [field]: `${asText(last[field])}${asText(piece[field])}` })
  return parts
}

function withoutNull(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined))
}
