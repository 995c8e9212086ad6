import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { findEnding } from '../answers/find-ending.ts'
import { classifyModelFailure } from '../models/model-failure.ts'
import { openai } from './openai.ts'
import { findApi } from './providers.ts'

const { background, ...responses } = findApi({ provider: 'openai', api: 'responses' })

/** Bodies as shown in OpenAI's reference and in users' reports. */
async function readFixture(name: string): Promise<Record<string, unknown>> {
  const url = new URL(`fixtures/openai/responses/${name}.json`, import.meta.url)
  return JSON.parse(await readFile(url, 'utf8')) as Record<string, unknown>
}

const question = [
  { role: 'system', content: 'You solve.' },
  { role: 'user', content: 'a b c' },
] as const

describe('which protocol a model has', () => {
  test.each([
    ['gpt-6.1-sol', 'responses'],
    ['gpt-5-mini', 'responses'],
    ['gpt-12', 'responses'],
    ['o3', 'responses'],
    ['o4-mini-2025-04-16', 'responses'],
    ['ft:o4-mini:us::1', 'responses'],
    ['gpt-5-chat-latest', 'chat'],
    ['gpt-4o-mini', 'chat'],
    ['gpt-4.1', 'chat'],
    ['gpt-3.5-turbo', 'chat'],
    ['gpt-oss-120b', 'chat'],
  ])('%s: %s', (id, api) => expect(openai.chooseApi(id, openai.defaults.baseUrl)).toBe(api))

  test('at another address: chat completions, unless the entry says otherwise', () => {
    expect(openai.chooseApi('gpt-6.1-sol', 'http://127.0.0.1:4000/v1')).toBe('chat')
  })
})

describe('a request to the Responses API', () => {
  test('has the messages as input, and asks for the reasoning in a form that can go back', () => {
    const sampling = { maxTokens: 9, temperature: 0, seed: 7, reasoningEffort: 'low' }
    expect(responses.renderRequest({ modelId: 'o3', sampling, messages: question }).body).toEqual({
      model: 'o3',
      max_output_tokens: 9,
      temperature: 0,
      reasoning: { effort: 'low' },
      input: question,
      store: false,
      include: ['reasoning.encrypted_content'],
    })
  })

  test('to a model that does not reason asks for no reasoning, which such models refuse', () => {
    const { body } = responses.renderRequest({ modelId: 'gpt-4o', sampling: {}, messages: question })
    expect(body).not.toHaveProperty('include')
  })

  test('joins the effort with what the person asks of the reasoning besides', () => {
    const sampling = { reasoningEffort: 'high', parameters: { reasoning: { summary: 'auto' }, top_p: 0.9 } }
    expect(responses.renderParameters({ modelId: 'o3', sampling })).toEqual({
      model: 'o3',
      reasoning: { effort: 'high', summary: 'auto' },
      top_p: 0.9,
    })
  })

  test('sends an earlier reply back whole, reasoning included, and its text alone where the reply is gone', async () => {
    const reply = await readFixture('reasoning')
    const messages = [...question, { role: 'assistant', content: 'x', answer: 'key' }, { role: 'user', content: 'No.' }]
    const render = (earlierReplies: Record<string, unknown>) =>
      responses.renderRequest({ modelId: 'o3', sampling: {}, messages: messages as never, earlierReplies }).body[
        'input'
      ]
    expect(render({ key: reply })).toEqual([...question, ...(reply['output'] as unknown[]), messages[3]])
    expect(render({})).toEqual([...question, { role: 'assistant', content: 'x' }, messages[3]])
  })

  test('sends no field back that is null', async () => {
    const earlierReplies = { key: await readFixture('open-reasoning') }
    const messages = [{ role: 'assistant', content: 'x', answer: 'key' }] as const
    const { body } = responses.renderRequest({ modelId: 'gpt-oss', sampling: {}, messages, earlierReplies })
    expect(JSON.stringify(body['input'])).not.toContain('null')
  })
})

const text = 'The rule: mirror → left ↔ right.'

describe('a response', () => {
  test.each([
    ['message', { text, finishReason: 'stop' }, undefined],
    [
      'reasoning',
      {
        text,
        reasoning: '**Comparing rows**\n\nEach row is mirrored.\n\n**Checking**\n\nIt holds for all pairs.',
        finishReason: 'stop',
      },
      undefined,
    ],
    ['open-reasoning', { text, reasoning: 'Each row is mirrored.', finishReason: 'stop' }, undefined],
    ['refusal', { text: '', refusal: "I'm sorry, I can't help with that.", finishReason: 'stop' }, 'refused'],
    ['out-of-tokens', { text: '', finishReason: 'max_output_tokens' }, 'truncated'],
    ['filtered', { text: '', finishReason: 'content_filter' }, 'refused'],
  ])('%s is read as an answer', async (name, reply, ending) => {
    const body = await readFixture(name)
    expect(openai.readReply(body)).toEqual(reply)
    expect(findEnding(openai.readReply(body))).toBe(ending)
    expect(openai.holdsMessage(body)).toBe(true)
    expect(openai.findError(body)).toBeUndefined()
  })

  test('of several messages keeps them apart', async () => {
    expect(openai.readReply(await readFixture('two-messages')).text).toBe(`I compare the rows first.\n\n${text}`)
  })

  test.each(['queued', 'in-progress', 'cancelled', 'failed'])('that is %s holds no answer', async (name) => {
    expect(openai.holdsMessage(await readFixture(name))).toBe(false)
  })

  test('says its tokens, the cached and the reasoned ones, and a service tier other than the usual', async () => {
    expect(openai.readPayment(await readFixture('reasoning'))).toEqual({
      usage: { promptTokens: 125, completionTokens: 42, reasoningTokens: 30, cacheReadTokens: 64 },
    })
    expect(openai.readPayment(await readFixture('message')).usage.serviceTier).toBe('flex')
    expect(openai.readPayment(await readFixture('queued')).usage).toEqual({
      promptTokens: null,
      completionTokens: null,
    })
  })

  test('says who served it', async () => {
    expect(openai.readServed(await readFixture('reasoning'))).toEqual({
      model: 'gpt-6.1-sol-2026-10-01',
      host: null,
      service_tier: 'default',
    })
  })
})

describe('a chat completion of the same provider', () => {
  test('is read as before', () => {
    const body = { choices: [{ message: { content: 'a' }, finish_reason: 'stop' }], usage: { prompt_tokens: 2 } }
    expect(openai.readReply(body)).toEqual({ text: 'a', finishReason: 'stop' })
    expect(openai.holdsMessage(body)).toBe(true)
    expect(openai.readPayment(body).usage.promptTokens).toBe(2)
  })
})

describe('a failure', () => {
  const judge = async (name: string, status: number) =>
    classifyModelFailure({ status, ...responses.describeFailure(await readFixture(name), status), headers: {} }, 0)

  test('of a response after it was accepted means what its code would have meant as a status', async () => {
    const meant = async (name: string) => {
      const described = responses.describeFailure({ error: openai.findError(await readFixture(name)) }, 200)
      return classifyModelFailure({ status: 200, ...described, headers: {}, reply: 'error-body' }, 0)
    }
    expect(await meant('failed')).toMatchObject({ kind: 'try-again', because: 'server-error' })
    expect(await meant('failed')).not.toHaveProperty('few')
    expect(await meant('failed-rate-limit')).toMatchObject({ kind: 'try-again', because: 'rate-limit' })
    expect(await meant('failed-prompt')).toMatchObject({ kind: 'end-sample' })
    expect(await meant('cancelled')).toMatchObject({ kind: 'try-again', few: true })
  })

  test('of what every request has stops the run', async () => {
    expect(await judge('unverified-summary', 400)).toMatchObject({ kind: 'stop-run' })
    expect(await judge('no-temperature', 400)).toMatchObject({ refusedPart: 'temperature' })
  })
})

describe('a call in the background', () => {
  test.each([
    ['queued', true],
    ['in-progress', true],
    ['reasoning', false],
    ['out-of-tokens', false],
    ['failed', false],
    ['cancelled', false],
  ])('that is %s: pending %j', async (name, isPending) => {
    expect(background?.readCall(await readFixture(name))).toMatchObject({
      id: 'resp_67ccd2bed1ec8190b14f964abc054267',
      isPending,
    })
  })

  test('is found and cancelled below the path of requests', () => {
    expect(background?.find('resp_1/2', 'gpt-4o')).toEqual({ suffix: '/resp_1%2F2' })
    expect(background?.find('resp_1', 'o3')).toEqual({
      suffix: '/resp_1',
      query: { 'include[]': 'reasoning.encrypted_content' },
    })
    expect(background?.cancel('resp_1')).toEqual({ suffix: '/resp_1/cancel' })
  })

  test.each([null, 'x', {}, { id: 1, status: 'queued' }, { id: 'resp_1' }])('is not seen in %j', (body) =>
    expect(background?.readCall(body)).toBeUndefined(),
  )
})
