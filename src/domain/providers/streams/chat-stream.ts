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
  const top: Record<string, unknown> = {}
  const choice: Record<string, unknown> = {}
  const message: Record<string, unknown> = { role: 'assistant' }
  let isWhole = false

  function add(chunk: Record<string, unknown>): Delta {
    // What OpenAI sends against eavesdroppers who measure the length of chunks is no part of a whole reply.
    const { choices, object, obfuscation: _, ...fields } = chunk
    fill(top, fields)
    // vLLM sends the error itself, without a field around it.
    if (object === 'error') top['error'] ??= chunk
    const { delta, message: whole, index, logprobs, ...rest } = asRecord(asRecord(choices)[0])
    // Only one choice is ever asked for.
    if (index !== undefined && index !== 0) return noDelta
    fill(choice, rest)
    if (logprobs !== undefined) choice['logprobs'] = joinLists(choice['logprobs'], logprobs)
    const piece = asRecord(delta ?? whole)
    for (const [field, value] of Object.entries(piece)) {
      if (field === 'role') continue
      if (isGrowing(value)) message[field] = join(message[field], value)
      else fill(message, { [field]: value })
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
    get id() {
      return asText(top['id']) || undefined
    },
    get body() {
      const choices = [{ index: 0, ...choice, message: { content: '', ...message } }]
      return { ...top, object: 'chat.completion', choices }
    },
    get isWhole() {
      return isWhole
    },
  }
}

/** Later values replace earlier ones, but null, which stands for nothing yet, replaces no value. */
function fill(fields: Record<string, unknown>, more: Readonly<Record<string, unknown>>): void {
  for (const [field, value] of Object.entries(more)) {
    if (value === undefined || (value === null && field in fields)) continue
    fields[field] = value
  }
}

/** Log probabilities come as an object of lists, a few entries with each chunk. */
function joinLists(before: unknown, more: unknown): unknown {
  if (typeof before !== 'object' || before === null) return more
  const lists: Record<string, unknown> = { ...before }
  for (const [field, value] of Object.entries(asRecord(more))) {
    const list = lists[field]
    if (Array.isArray(list) && Array.isArray(value)) list.push(...(value as unknown[]))
    else fill(lists, { [field]: value })
  }
  return lists
}

function isGrowing(value: unknown): value is Growing {
  return typeof value === 'string' || Array.isArray(value)
}

/** A server may send text first and parts later; then the text becomes a part. */
function join(earlier: unknown, more: Growing): Growing {
  const before = isGrowing(earlier) ? earlier : ''
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
  const grown = last['type'] === piece['type'] && last['index'] === piece['index'] && growPart(last, piece)
  if (grown) parts.splice(-1, 1, { ...last, ...withoutNull(piece), ...grown })
  else parts.push(next)
  return parts
}

/** The field in which two pieces continue each other; Mistral's thinking is a list of parts in a part. */
function growPart(last: Record<string, unknown>, piece: Record<string, unknown>): Record<string, unknown> | undefined {
  const field = textFields.find((name) => typeof last[name] === 'string' && typeof piece[name] === 'string')
  if (field !== undefined) return { [field]: `${asText(last[field])}${asText(piece[field])}` }
  const [before, more] = [last['thinking'], piece['thinking']]
  return Array.isArray(before) && Array.isArray(more) ? { thinking: join(before, more) } : undefined
}

function withoutNull(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined))
}
