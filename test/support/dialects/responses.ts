import { renderEvent, type Dialect, type StreamEnd, type Written } from './dialect.ts'

/** OpenAI's Responses API (platform.openai.com/docs/api-reference/responses). */
export const responses: Dialect = { renderReply, listEvents }

function renderReply({ pieces, reasoning, nth, model, promptTokens, completionTokens }: Written) {
  const thought = {
    id: `rs_fake${nth}`,
    type: 'reasoning',
    summary: [{ type: 'summary_text', text: reasoning }],
  }
  const message = {
    id: `msg_fake${nth}`,
    type: 'message',
    status: 'completed',
    role: 'assistant',
    content: [{ type: 'output_text', text: pieces.join(''), annotations: [] }],
  }
  return {
    id: `resp_fake${nth}`,
    object: 'response',
    created_at: 0,
    status: 'completed',
    error: null,
    incomplete_details: null,
    model,
    output: [...(reasoning === '' ? [] : [thought]), message],
    usage: {
      input_tokens: promptTokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: completionTokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: promptTokens + completionTokens,
    },
  }
}

function listEvents(written: Written, end: StreamEnd, parts: Readonly<Record<string, unknown>>): string[] {
  const reply = { ...renderReply(written), ...parts }
  let sequence_number = -1
  const event = (type: string, fields: object) =>
    renderEvent({ type, sequence_number: (sequence_number += 1), ...fields }, type)
  const open = { ...reply, status: 'in_progress', output: [], usage: null }
  const { pieces, reasoning, nth } = written
  const items = reply.output
  const output_index = items.length - 1
  const place = { item_id: `msg_fake${nth}`, output_index, content_index: 0 }
  const begun = [
    event('response.created', { response: open }),
    event('response.in_progress', { response: open }),
    ...(reasoning === ''
      ? []
      : [
          event('response.output_item.added', { output_index: 0, item: { ...items[0], summary: [] } }),
          event('response.reasoning_summary_text.delta', {
            item_id: `rs_fake${nth}`,
            output_index: 0,
            summary_index: 0,
            delta: reasoning,
          }),
          event('response.output_item.done', { output_index: 0, item: items[0] }),
        ]),
    event('response.output_item.added', {
      output_index,
      item: { ...items.at(-1), status: 'in_progress', content: [] },
    }),
    event('response.content_part.added', { ...place, part: { type: 'output_text', text: '', annotations: [] } }),
    ...pieces.map((delta) => event('response.output_text.delta', { ...place, delta })),
  ]
  if (typeof end === 'object') {
    const error = { code: 'server_error', message: end.error }
    return [...begun, event('response.failed', { response: { ...open, status: 'failed', error } })]
  }
  if (end !== 'whole') return begun
  return [
    ...begun,
    event('response.output_text.done', { ...place, text: pieces.join('') }),
    event('response.output_item.done', { output_index, item: items.at(-1) }),
    event('response.completed', { response: reply }),
  ]
}
