import type { Model } from '../../src/domain/models/model-spec.ts'
import type { Reply } from './fake-provider.ts'
import { answers } from './test-bench.ts'

/** A fault of a provider, under the name by which `docs/provider-faults.md` describes how Arcloom handles it. */
export interface ProviderFault {
  readonly name: string
  /** The provider's reply to the nth request for one sample, from 0. */
  readonly reply: (nth: number, url: string) => Reply
  /** Settings of the model that is asked. */
  readonly model?: (url: string) => Partial<Model>
}

const json = { 'content-type': 'application/json' }
const usage = { prompt_tokens: 700, completion_tokens: 60 }
const answer: Reply = { text: answers.flip, body: { usage } }
const completion = {
  choices: [{ message: { role: 'assistant', content: answers.flip }, finish_reason: 'stop' }],
  usage,
}

const always = (name: string, reply: Reply): ProviderFault => ({ name, reply: () => reply })
const once = (name: string, reply: Reply): ProviderFault => ({ name, reply: (nth) => (nth === 0 ? reply : answer) })
const error = (status: number, message: string, more: object = {}, headers: Record<string, string> = {}): Reply => ({
  status,
  body: { error: { message, ...more } },
  headers,
})
const slowDown = (headers: Record<string, string>) => error(429, 'slow down', {}, headers)
const body = (text: string): Reply => ({ status: 200, body: text, headers: json })
const withUsage = (given: unknown): Reply => ({ text: answers.flip, body: { usage: given } })
/** A minute of nothing but keep-alive pieces; more than the test waits for. */
const endlessDrip: Reply = { drip: answers.flip, pieces: 600, everyMs: 100 }

/** Faults that pass by themselves. */
const passing: readonly ProviderFault[] = [
  once('429', slowDown({})),
  once('429 with `retry-after: 1`', slowDown({ 'retry-after': '1' })),
  once('429 with `retry-after-ms: 300`', slowDown({ 'retry-after-ms': '300' })),
  {
    name: '429 with `retry-after` as a date',
    reply: (nth) => (nth === 0 ? slowDown({ 'retry-after': new Date(Date.now() + 2_000).toUTCString() }) : answer),
  },
  ...['1e12', '3600', '-5', 'soon'].map((pause) =>
    once(`429 with \`retry-after: ${pause}\``, slowDown({ 'retry-after': pause })),
  ),
  once('500', error(500, 'internal error')),
  once('502 with a web page', { status: 502, body: '<html><head><title>502 Bad Gateway</title></head></html>' }),
  once('502 with a web page of 150 KB', { status: 502, body: `<html>${'x'.repeat(150_000)}` }),
  once('503', error(503, 'overloaded')),
  once('the connection is reset', { reset: true }),
  once('the connection is reset in the body', { broken: true }),
]

/** Each takes as long as a reply may take. */
const hanging: readonly ProviderFault[] = [
  always('nothing ever comes', { hang: true }),
  always('headers come, and the body never does', { hang: true, headers: json }),
  always('the body drips longer than the time-out', endlessDrip),
]

const atOnce: readonly ProviderFault[] = [
  always('200 with an error in place of the answer', { status: 200, body: { error: { message: 'boom' } } }),
  always('an empty message, no token written', { text: '', body: { usage: { ...usage, completion_tokens: 0 } } }),
  always('an empty body', body('')),
  always('JSON that breaks off', body('{"choices": [')),
  always('`choices` is a text', { status: 200, body: { choices: 'four', usage } }),
  always('`choices: []`, with usage', { status: 200, body: { choices: [], usage } }),
  always('a completion of the old protocol, with usage', { status: 200, body: { choices: [{ text: '4' }], usage } }),
  always('NaN in the body', body('{"choices": NaN}')),
  always('an event stream of nothing', { status: 200, body: 'data: {"choices":[]}\n\ndata: [DONE]\n' }),
  always('an event stream that breaks off', { stream: ['It is turned'], end: 'cut' }),
  always('an event stream with an error in it', { stream: ['It is turned'], end: { error: 'out of memory' } }),
  always('more than 64 MB', { endless: ' '.repeat(64 * 1024) }),

  always('400: the prompt is too long', error(400, "This model's maximum context length is 10 tokens")),
  always('400: the prompt was flagged', error(400, 'flagged by moderation')),
  always('200 with an error 400 in place of the answer', {
    status: 200,
    body: { error: { code: 400, message: 'flagged upstream' } },
  }),

  always('an event stream', { stream: [answers.flip], body: { usage } }),
  always('comment lines before the body', {
    status: 200,
    body: `: PROCESSING\n\n: PROCESSING\n${JSON.stringify(completion)}`,
  }),
  always('the body drips, and ends in time', { drip: answers.flip, pieces: 5, everyMs: 100 }),
  always('a body of 1.5 MB', { text: `${' '.repeat(1_500_000)}${answers.flip}`, body: { usage } }),
  always('an empty message, tokens written', { text: '', body: { usage } }),
  always('no usage', withUsage(undefined)),
  always('usage of the prompt alone', withUsage({ prompt_tokens: 700 })),
  always('negative usage', withUsage({ prompt_tokens: -700, completion_tokens: -60 })),
  always('usage of zeros beside a text', withUsage({ prompt_tokens: 0, completion_tokens: 0 })),
  always('usage of 1e15 tokens', withUsage({ prompt_tokens: 1e15, completion_tokens: 60 })),
  always('usage as text', withUsage({ prompt_tokens: '700', completion_tokens: '60' })),
  always('a cost of 1e308', withUsage({ ...usage, cost: 1e308 })),
  always('a negative cost', withUsage({ ...usage, cost: -1 })),
  always('a cost of 0 for tokens with a price', withUsage({ ...usage, cost: 0 })),
]

/** Each affects one sample of a run. Those of a group happen in one run together. */
export const sampleFaults: readonly (readonly ProviderFault[])[] = [passing, ...hanging.map((fault) => [fault]), atOnce]

const page = '<!doctype html><html><title>Sign in</title><body>Sign in</body></html>'

/** Each is the same for every request of its run. */
export const runFaults: readonly ProviderFault[] = [
  always('401', error(401, 'Incorrect API key provided')),
  always('402', error(402, 'Insufficient credits')),
  always('404: no such model', error(404, 'The model m does not exist', { code: 'model_not_found' })),
  {
    name: 'a base URL without `/v1`',
    reply: () => ({ status: 404, body: 'Not Found' }),
    model: (url) => ({ baseUrl: url.replace('/v1', '') }),
  },
  {
    name: 'a redirect',
    reply: (_, url) => ({
      status: 308,
      body: '',
      headers: { location: `${url.replace('/v1', '/api/v1')}/chat/completions` },
    }),
  },
  always('headers of more than 64 KB', { status: 200, body: completion, headers: { 'x-long': 'x'.repeat(70_000) } }),
  always('`content-encoding: gzip`, and it is not', {
    status: 200,
    body: completion,
    headers: { 'content-encoding': 'gzip' },
  }),
  always('a web page in place of every answer', { status: 200, body: page }),
  { name: 'a typographic quote in the key', reply: () => answer, model: () => ({ apiKeyVariable: 'QUOTED_KEY' }) },
  always('403', error(403, 'This model is not open to your team')),
  always('400: a system message is refused', error(400, 'System role not supported')),
  always('400: the temperature is refused', error(400, 'temperature must be 1 for this model')),
  always(
    '400: OpenAI says that a parameter is refused',
    error(400, 'Use max_completion_tokens', { code: 'unsupported_parameter' }),
  ),
  always('422: `max_tokens` is refused', error(422, 'max_tokens must be at most 4096')),
  always('400: roles must alternate', error(400, 'Conversation roles must alternate user/assistant')),
  always('400: `stream_options` is refused', error(400, 'Unrecognized request argument supplied: stream_options')),
  always('nothing usable is ever sent', { status: 200, body: { choices: [] } }),
  {
    name: 'a base URL with the whole path',
    reply: () => answer,
    model: (url) => ({ baseUrl: `${url}/chat/completions` }),
  },
]

/** Each never ends, and every run has to wait for it as long as an outage may take. */
export const outages: readonly ProviderFault[] = [
  always('500', error(500, 'internal error')),
  always('503', error(503, 'overloaded')),
  always('429', error(429, 'slow down')),
  always('the connection is reset', { reset: true }),
  { name: 'nothing listens there', reply: () => answer, model: () => ({ baseUrl: 'http://127.0.0.1:9/v1' }) },
]
