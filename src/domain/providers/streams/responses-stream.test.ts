import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { openai } from '../openai.ts'
import { createEventStreamParser } from './parse-event-stream.ts'
import { responsesStreaming } from './responses-stream.ts'

function parse(name: string) {
  const parser = createEventStreamParser()
  const text = readFileSync(new URL(`../fixtures/openai/responses/${name}.txt`, import.meta.url), 'utf8')
  return [...parser.push(text), ...parser.end()]
}

function read(events: readonly { readonly name: string; readonly data: string }[]) {
  const streamed = responsesStreaming.begin()
  const deltas = events.map((event) => streamed.add(event))
  const join = (field: 'text' | 'reasoning') => deltas.map((delta) => delta[field]).join('')
  return { text: join('text'), reasoning: join('reasoning'), body: streamed.body, isWhole: streamed.isWhole }
}

const [text, reasoning] = ['The rule: mirror → left ↔ right.', 'Each row is mirrored.']

describe('a stream of the Responses API', () => {
  test('becomes the response that would have come whole', () => {
    const { body, ...seen } = read(parse('stream'))
    expect(seen).toEqual({ text, reasoning, isWhole: true })
    expect(openai.readReply(body)).toEqual({ text, reasoning, finishReason: 'stop' })
    expect(openai.readPayment(body).usage).toMatchObject({ promptTokens: 125, completionTokens: 42 })
    expect(body).toHaveProperty('output.0.encrypted_content', 'gAAAAABpF1x-zbM_w==')
  })

  test('that is cut keeps what had come, and is not whole', () => {
    const { body, isWhole } = read(parse('stream-cut'))
    expect(isWhole).toBe(false)
    expect(openai.readReply(body)).toMatchObject({ text, reasoning })
    expect(openai.holdsMessage(body)).toBe(false)
  })

  test('that fails has the error and what came before it', () => {
    const { body, isWhole } = read(parse('stream-failed'))
    expect(isWhole).toBe(true)
    expect(openai.findError(body)).toMatchObject({ code: 'server_error' })
    expect(openai.readReply(body).reasoning).toBe(reasoning)
  })

  test('may end in an event that is an error', () => {
    const data = JSON.stringify({
      type: 'error',
      code: 'server_error',
      message: 'The server had an error.',
      param: null,
    })
    expect(openai.findError(read([{ name: 'error', data }]).body)).toMatchObject({
      message: 'The server had an error.',
    })
  })

  test.each([
    'ping',
    '{"type":7}',
    '{"type":"response.output_text.delta"}',
    '{"type":"response.output_item.added","output_index":-1,"item":{}}',
    '{"type":"response.output_text.delta","output_index":1e9,"content_index":0,"delta":"x"}',
    '{"type":"response.reasoning_summary_text.delta","output_index":0,"summary_index":"a","delta":7}',
  ])('may hold nonsense, which makes no answer: %s', (data) => {
    const { body, isWhole } = read([{ name: 'message', data }])
    expect(isWhole).toBe(false)
    expect(openai.readReply(body).text).toBe('')
  })
})
