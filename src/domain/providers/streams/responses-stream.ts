import { asRecord, asText } from '../json.ts'
import { readEventData } from './read-event-data.ts'
import { noDelta, type Delta, type StreamedBody, type Streaming } from './streaming.ts'

/**
 * Events of OpenAI's Responses API (platform.openai.com/docs/api-reference/responses-streaming). The last one has the whole
 * response; the pieces before it matter to whoever watches, and if the stream is cut. Unknown events are skipped.
 */
export const responsesStreaming: Streaming = { parameters: { stream: true }, begin: beginResponse }

/** More items, and parts of one, than any response has; an index beyond it is an error of the server. */
const maxIndex = 10_000

const lastEvents = new Set(['response.completed', 'response.incomplete', 'response.failed', 'response.cancelled'])

type Fields = Record<string, unknown>

function beginResponse(): StreamedBody {
  let response: Fields = {}
  const items: Fields[] = []
  let isWhole = false

  /** Adds a piece of text to a part of an item. */
  function grow(event: Fields, list: 'content' | 'summary', index: unknown, type: string): string {
    const piece = asText(event['delta']) ?? ''
    const place = event['output_index']
    if (!isIndex(place) || !isIndex(index)) return piece
    const item = (items[place] ??= { type: list === 'summary' ? 'reasoning' : 'message' })
    const parts = Array.isArray(item[list]) ? (item[list] as unknown[]) : []
    const part = asRecord(parts[index])
    const field = type === 'refusal' ? 'refusal' : 'text'
    parts[index] = { type, ...part, [field]: `${asText(part[field]) ?? ''}${piece}` }
    item[list] = parts
    return piece
  }

  function add(event: Fields): Delta {
    const { type, output_index } = event
    if (typeof type !== 'string') return noDelta
    const body = asRecord(event['response'])
    if (Object.keys(body).length > 0) response = { ...response, ...body }
    if (lastEvents.has(type)) isWhole = true
    switch (type) {
      case 'response.output_item.added':
      case 'response.output_item.done':
        if (isIndex(output_index)) items[output_index] = { ...asRecord(event['item']) }
        return noDelta
      case 'response.output_text.delta':
        return { text: grow(event, 'content', event['content_index'], 'output_text'), reasoning: '' }
      case 'response.refusal.delta':
        grow(event, 'content', event['content_index'], 'refusal')
        return noDelta
      case 'response.reasoning_summary_text.delta':
        return { text: '', reasoning: grow(event, 'summary', event['summary_index'], 'summary_text') }
      case 'response.reasoning_text.delta':
        return { text: '', reasoning: grow(event, 'content', event['content_index'], 'reasoning_text') }
      case 'error':
        response = {
          ...response,
          error: { code: event['code'], message: event['message'], ...asRecord(event['error']) },
        }
        return noDelta
      default:
        return noDelta
    }
  }

  return {
    add(event) {
      const value = readEventData(event)
      return value === undefined ? noDelta : add(value)
    },
    get id() {
      return asText(response['id']) || undefined
    },
    get body() {
      const { output } = response
      const isComplete = isWhole && Array.isArray(output) && output.length > 0
      return { object: 'response', ...response, output: isComplete ? output : items.filter(() => true) }
    },
    get isWhole() {
      return isWhole
    },
  }
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < maxIndex
}
