import { renderEvent, type Dialect, type StreamEnd, type Written } from './dialect.ts'

/** OpenAI's chat completions, with the reasoning where OpenRouter and vLLM put it. */
export const chat: Dialect = { renderReply, listEvents }

function renderReply({ pieces, reasoning, nth, model, promptTokens, completionTokens }: Written) {
  const message = { role: 'assistant', content: pieces.join(''), ...(reasoning !== '' && { reasoning }) }
  return {
    id: `fake-${nth}`,
    object: 'chat.completion',
    created: 0,
    model,
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
  }
}

function listEvents(written: Written, end: StreamEnd, parts: Readonly<Record<string, unknown>>): string[] {
  const { usage, ...reply } = { ...renderReply(written), ...parts }
  const chunk = (delta: object, finish_reason: string | null, rest = {}) =>
    renderEvent({ ...reply, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }], ...rest })
  const { reasoning, pieces } = written
  const begun = [
    ...(reasoning === '' ? [] : [chunk({ reasoning }, null)]),
    ...pieces.map((content) => chunk({ content }, null)),
  ]
  if (typeof end === 'object') return [...begun, renderEvent({ error: { message: end.error } })]
  if (end !== 'whole') return begun
  return [...begun, chunk({}, 'stop'), chunk({}, null, { choices: [], usage }), renderEvent('[DONE]')]
}
