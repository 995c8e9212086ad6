import { renderEvent, type Dialect, type StreamEnd, type Written } from './dialect.ts'

/** Anthropic's Messages API (platform.claude.com/docs/en/api/messages). */
export const anthropic: Dialect = { renderReply, listEvents }

function renderReply({ pieces, reasoning, nth, model, promptTokens, completionTokens }: Written) {
  const thinking = { type: 'thinking', thinking: reasoning, signature: 'c2lnbmVk' }
  return {
    id: `msg_fake${nth}`,
    type: 'message',
    role: 'assistant',
    model,
    content: [...(reasoning === '' ? [] : [thinking]), { type: 'text', text: pieces.join('') }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: promptTokens, output_tokens: completionTokens },
  }
}

function listEvents(written: Written, end: StreamEnd, parts: Readonly<Record<string, unknown>>): string[] {
  const { usage, stop_reason, stop_sequence, ...reply } = { ...renderReply(written), ...parts }
  const event = (type: string, fields: object) => renderEvent({ type, ...fields }, type)
  const block = (index: number, begin: object, deltas: readonly object[]) => [
    event('content_block_start', { index, content_block: begin }),
    ...deltas.map((delta) => event('content_block_delta', { index, delta })),
    event('content_block_stop', { index }),
  ]
  const { reasoning, pieces } = written
  const text = pieces.map((piece) => ({ type: 'text_delta', text: piece }))
  const begun = [
    event('message_start', {
      message: { ...reply, content: [], stop_reason: null, usage: { ...asCounts(usage), output_tokens: 1 } },
    }),
    ...(reasoning === ''
      ? []
      : block(0, { type: 'thinking', thinking: '', signature: '' }, [
          { type: 'thinking_delta', thinking: reasoning },
          { type: 'signature_delta', signature: 'c2lnbmVk' },
        ])),
    ...block(reasoning === '' ? 0 : 1, { type: 'text', text: '' }, text),
  ]
  if (typeof end === 'object') {
    return [...begun, event('error', { error: { type: 'overloaded_error', message: end.error } })]
  }
  if (end !== 'whole') return begun.slice(0, -1)
  return [...begun, event('message_delta', { delta: { stop_reason, stop_sequence }, usage }), event('message_stop', {})]
}

function asCounts(usage: unknown): object {
  return typeof usage === 'object' && usage !== null ? usage : {}
}
