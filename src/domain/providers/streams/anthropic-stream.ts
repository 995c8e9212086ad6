import { asRecord, asText } from '../json.ts'
import { readEventData } from './read-event-data.ts'
import { noDelta, type Delta, type StreamedBody, type Streaming } from './streaming.ts'

/** Events of Anthropic's Messages API (platform.claude.com/docs/en/build-with-claude/streaming). Unknown ones are skipped. */
export const anthropicStreaming: Streaming = { parameters: { stream: true }, begin: beginMessage }

/** More blocks than any message has; an index beyond it is an error of the server. */
const maxBlocks = 10_000

function beginMessage(): StreamedBody {
  let message: Record<string, unknown> = {}
  const blocks: Record<string, unknown>[] = []
  let isWhole = false

  function add(event: Record<string, unknown>): Delta {
    switch (event['type']) {
      case 'message_start':
        message = { ...asRecord(event['message']) }
        break
      case 'content_block_start':
        if (isIndex(event['index'])) blocks[event['index']] = { ...asRecord(event['content_block']) }
        break
      case 'content_block_delta':
        return isIndex(event['index']) ? addToBlock(event['index'], asRecord(event['delta'])) : noDelta
      case 'message_delta':
        // The counts are those of the whole message so far, and only those that changed.
        message = addMessageDelta(message, event)
        break
      case 'message_stop':
        isWhole = true
        break
      case 'error':
        message = { ...message, error: event['error'] ?? event }
    }
    return noDelta
  }

  function addToBlock(index: number, { type, text, thinking, signature }: Record<string, unknown>): Delta {
    const block = (blocks[index] ??= {})
    const grow = (field: string, more: unknown) => {
      block[field] = `${asText(block[field]) ?? ''}${asText(more) ?? ''}`
      return asText(more) ?? ''
    }
    if (type === 'text_delta') return { text: grow('text', text), reasoning: '' }
    if (type === 'thinking_delta') return { text: '', reasoning: grow('thinking', thinking) }
    if (type === 'signature_delta') grow('signature', signature)
    return noDelta
  }

  return {
    add(event) {
      const value = readEventData(event)
      return value === undefined ? noDelta : add(value)
    },
    get id() {
      return asText(message['id']) || undefined
    },
    get body() {
      return { ...message, content: blocks.filter(() => true) }
    },
    get isWhole() {
      return isWhole
    },
  }
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < maxBlocks
}

/** Besides its `delta`, the event may hold more of the message, such as `context_management`. */
function addMessageDelta(message: Record<string, unknown>, event: Record<string, unknown>): Record<string, unknown> {
  const { type: _, delta, usage, ...rest } = event
  return { ...message, ...rest, ...asRecord(delta), usage: mergeUsage(message['usage'], usage) }
}

function mergeUsage(before: unknown, more: unknown): Record<string, unknown> {
  const counts = Object.entries(asRecord(more)).filter(([, value]) => value !== null && value !== undefined)
  return { ...asRecord(before), ...Object.fromEntries(counts) }
}
