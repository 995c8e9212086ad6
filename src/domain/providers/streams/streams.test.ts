import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { findProvider, type ModelProvider } from '../providers.ts'
import { createEventStreamParser, type ServerEvent } from './parse-event-stream.ts'

const recorded = (name: string) => readFileSync(new URL(`../fixtures/${name}.txt`, import.meta.url), 'utf8')

function parse(...pieces: readonly string[]): ServerEvent[] {
  const parser = createEventStreamParser()
  return [...pieces.flatMap((piece) => parser.push(piece)), ...parser.end()]
}

/** Reads a stream, and then the body that came of it. */
function read(name: ModelProvider, events: readonly ServerEvent[]) {
  const provider = findProvider(name)
  const streamed = provider.streaming?.begin()
  if (streamed === undefined) throw new Error(`${name} does not stream`)
  const deltas = events.map((event) => streamed.add(event))
  const { body, id, isWhole } = streamed
  return {
    text: deltas.map((delta) => delta.text).join(''),
    reasoning: deltas.map((delta) => delta.reasoning).join(''),
    body,
    id,
    isWhole,
    reply: provider.readReply(body),
    payment: provider.readPayment(body),
    error: provider.findError(body),
  }
}

const [text, reasoning] = ['The rule: mirror → left ↔ right.', 'Each row is mirrored.']

describe('a recorded stream', () => {
  test.each([
    ['openai', 'openai/stream', { finishReason: 'stop' }],
    ['openrouter', 'openrouter/stream-reasoning', { reasoning, finishReason: 'stop' }],
    ['local', 'local/stream-vllm', { reasoning, finishReason: 'length' }],
    ['anthropic', 'anthropic/stream-thinking', { reasoning, finishReason: 'end_turn' }],
  ] as const)('of %s becomes the body of a whole reply: %s', (provider, fixture, rest) => {
    const streamed = read(provider, parse(recorded(fixture)))
    expect(streamed).toMatchObject({ text, isWhole: true, error: undefined })
    expect(streamed.reasoning).toBe('reasoning' in rest ? reasoning : '')
    expect(streamed.reply).toEqual({ text, ...rest })
    expect(streamed.payment.usage).toMatchObject({ promptTokens: 125, completionTokens: 42 })
    expect(findProvider(provider).holdsMessage(streamed.body)).toBe(true)
  })

  test.each([
    [
      'openai',
      'openai/stream',
      { model: 'gpt-6.1-sol', host: null, service_tier: 'default', system_fingerprint: 'fp_44709d6fcb' },
    ],
    ['openrouter', 'openrouter/stream-reasoning', { model: 'google/gemini-2.5-flash', host: 'Google' }],
    ['anthropic', 'anthropic/stream-thinking', { model: 'claude-sonnet-5-5', host: null, service_tier: 'standard' }],
  ] as const)('of %s names who served it, from the first chunk on: %s', (name, fixture, servedBy) => {
    const events = parse(recorded(fixture))
    for (const { body } of [read(name, events), read(name, events.slice(0, 1))]) {
      expect(findProvider(name).readServed(body)).toEqual(servedBy)
    }
  })

  test.each([
    ['openai', 'openai/stream'],
    ['openrouter', 'openrouter/stream-reasoning'],
    ['local', 'local/stream-vllm'],
    ['local', 'local/stream-llama-cpp'],
    ['local', 'local/stream-ollama'],
    ['local', 'local/stream-mistral'],
    ['anthropic', 'anthropic/stream-thinking'],
    ['anthropic', 'anthropic/stream-redacted'],
  ] as const)('of %s is the document that comes without streaming: %s', (provider, fixture) => {
    const whole: unknown = JSON.parse(
      readFileSync(new URL(`../fixtures/${fixture}-whole.json`, import.meta.url), 'utf8'),
    )
    const { body, id, isWhole } = read(provider, parse(recorded(fixture)))
    expect(body).toEqual(whole)
    expect({ id, isWhole }).toEqual({ id: (whole as { id: string }).id, isWhole: true })
  })

  test.each([
    ['openrouter', 'openrouter/stream-reasoning', 'gen-1'],
    ['anthropic', 'anthropic/stream-thinking', 'msg_01AbCdEf'],
  ] as const)('of %s has its id from the first event: %s', (provider, fixture, id) => {
    const events = parse(recorded(fixture))
    expect(read(provider, []).id).toBeUndefined()
    expect(read(provider, events.slice(0, 1)).id).toBe(id)
  })

  test('of OpenRouter keeps who served it, what it cost, and its reasoning as few parts', () => {
    const { body, payment } = read('openrouter', parse(recorded('openrouter/stream-reasoning')))
    expect(body).toMatchObject({ id: 'gen-1', provider: 'Google', object: 'chat.completion' })
    expect(payment.claimedCost).toBe(0.0001425)
    expect(body).toHaveProperty('choices.0.message.reasoning_details', [
      { type: 'reasoning.text', text: reasoning, format: 'google-gemini-v1', index: 0 },
      { type: 'reasoning.encrypted', data: 'CiQB', format: 'google-gemini-v1', index: 0 },
    ])
  })

  test('of Anthropic keeps the signature of its thinking', () => {
    const { body } = read('anthropic', parse(recorded('anthropic/stream-thinking')))
    expect(body).toMatchObject({
      id: 'msg_01AbCdEf',
      content: [
        { type: 'thinking', thinking: reasoning, signature: expect.stringMatching(/^EqQB/) },
        { type: 'text', text },
      ],
    })
  })

  test.each([
    ['openrouter', 'openrouter/stream-error', { status: 502, message: 'Provider disconnected unexpectedly' }],
    [
      'local',
      'local/stream-vllm-error',
      { status: 500, message: 'Internal server error', code: 'InternalServerError' },
    ],
    ['anthropic', 'anthropic/stream-overloaded', { message: 'Overloaded', code: 'overloaded_error' }],
  ] as const)('of %s with an error in it keeps what came before: %s', (name, fixture, failure) => {
    const { text, error } = read(name, parse(recorded(fixture)))
    expect(text).toBe('The rule')
    expect(findProvider(name).describeFailure({ error }, 200)).toEqual(failure)
  })

  test.each([
    ['openai', 'openai/stream'],
    ['anthropic', 'anthropic/stream-thinking'],
  ] as const)('of %s that breaks off is not whole, whichever events came', (name, fixture) => {
    const events = parse(recorded(fixture))
    const end = events.findIndex(({ data }) => /"finish_reason":"stop"|message_stop/.test(data))
    for (let count = 0; count < end; count += 1) expect(read(name, events.slice(0, count)).isWhole).toBe(false)
    expect(read(name, events.slice(0, end + 1)).isWhole).toBe(true)
  })
})

describe('the chunks of a chat', () => {
  const chunk = (delta: unknown, rest: object = {}): ServerEvent => ({
    name: 'message',
    data: JSON.stringify({ choices: [{ index: 0, delta, ...rest }] }),
  })

  test('are joined when the content is in parts, as at Mistral', () => {
    const thinking = (words: string) =>
      chunk({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: words }] }] })
    const events = [
      thinking('Each row '),
      thinking('is mirrored.'),
      chunk({ content: text }, { finish_reason: 'stop' }),
    ]
    expect(read('local', events)).toMatchObject({ text, reasoning, reply: { text, reasoning, finishReason: 'stop' } })
  })

  test('have their log probabilities together, as a whole reply does', () => {
    const token = (name: string) => ({ token: name, logprob: -0.1 })
    const events = [
      chunk({ content: '' }, { logprobs: null }),
      chunk({ content: 'a' }, { logprobs: { content: [token('a')], refusal: null } }),
      chunk({ content: 'b' }, { logprobs: { content: [token('b')], refusal: null }, finish_reason: 'stop' }),
    ]
    const { body } = read('openai', events)
    expect(body).toHaveProperty('choices.0.logprobs', { content: [token('a'), token('b')], refusal: null })
  })

  test('count only for the first choice', () => {
    const events = [chunk({ content: 'a' }), chunk({ content: 'b' }, { index: 1 })]
    expect(read('local', events)).toMatchObject({ text: 'a', reply: { text: 'a' } })
  })

  test.each(['', 'ping', '[]', 'null', '{"choices":null}', '{"choices":[null]}', '{"choices":[{"delta":7}]}', '{"a":'])(
    'may hold nonsense, which adds nothing: %s',
    (data) => {
      for (const name of ['local', 'anthropic'] as const) {
        expect(read(name, [{ name: 'message', data }])).toMatchObject({ text: '', isWhole: false, error: undefined })
      }
    },
  )
})

describe('createEventStreamParser', () => {
  test('reads names, data over several lines, and skips comments, ids and retry times', () =>
    expect(parse(': hello\nid: 1\nretry: 5\nevent: a\ndata: x\ndata:y\n\ndata\n\nevent: b\n\ndata: z\n\n')).toEqual([
      { name: 'a', data: 'x\ny' },
      { name: 'message', data: '' },
      { name: 'message', data: 'z' },
    ]))

  test('takes the last event even without the blank line after it', () =>
    expect(parse('data: a\n\ndata: [DONE]').map(({ data }) => data)).toEqual(['a', '[DONE]']))

  test('reads the same, wherever the text is cut and however lines end', () => {
    const source = recorded('openrouter/stream-reasoning')
    const whole = parse(source)
    fc.assert(
      fc.property(
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(source.length * 2), { maxLength: 30 }),
        (lineEnd, cuts) => {
          const stream = `\uFEFF${source.replaceAll('\n', lineEnd)}`
          const places = [0, ...cuts.filter((cut) => cut < stream.length).sort((a, b) => a - b), stream.length]
          const pieces = places.slice(1).map((to, index) => stream.slice(places[index], to))
          expect(parse(...pieces)).toEqual(whole)
        },
      ),
    )
  })
})
