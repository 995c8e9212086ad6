import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { closeAfterEach } from '../../../test/support/close-after-each.ts'
import { startFakeProvider, type Reply } from '../../../test/support/fake-provider.ts'
import { readAnswerText } from '../../domain/answers/answer-text/read-answer-text.ts'
import { findEnding } from '../../domain/answers/find-ending.ts'
import { classifyModelFailure, ModelRequestFailed } from '../../domain/models/model-failure.ts'
import type { ModelApi } from '../../domain/models/model-spec.ts'
import type { ModelProvider } from '../../domain/providers/providers.ts'
import { createModelClient } from './model-client.ts'

/*
 * `docs/dialects.md` says what each of the recorded replies is read as. Here each of them comes over HTTP, and its row is the
 * expectation.
 */

const fixtures = new URL('../../domain/providers/fixtures/', import.meta.url)
const page = readFileSync(new URL('../../../docs/dialects.md', import.meta.url), 'utf8')

interface DialectRow {
  readonly name: string
  readonly hasText: boolean
  readonly reasoning: 'none' | 'apart' | 'in the text'
  readonly finishReason: string
  readonly ended: string
  readonly tokens: string
}

function listRows(): DialectRow[] {
  const rows = page.split('\n').filter((line) => line.startsWith('| '))
  return rows.slice(2).map((row) => {
    const [, reply = '', reasoning = '', reason = '', ended = '', tokens = ''] = row
      .split('|')
      .slice(1)
      .map((cell) => cell.trim())
    return {
      name: /`(.+?)`/.exec(reply)?.[1] ?? '',
      hasText: !reply.includes('no text'),
      reasoning: reasoning === '–' ? 'none' : reasoning.endsWith('in the text') ? 'in the text' : 'apart',
      finishReason: reason.replaceAll('`', ''),
      ended,
      tokens,
    }
  })
}

const closeAfter = closeAfterEach()

interface Asking {
  readonly path?: string
  readonly key?: string
  readonly api?: ModelApi
}

async function ask(provider: ModelProvider, reply: Reply, asking: Asking = {}) {
  const { path = '/v1', key = 'sk-0123456789', api = 'chat' } = asking
  const server = await closeAfter(startFakeProvider({ reply: () => reply }))
  const baseUrl = server.url.replace('/v1', path)
  const model = { provider, id: 'm', baseUrl, apiKeyVariable: 'KEY', api }
  const request = { model, messages: [{ role: 'user', content: 'a' }] as const, sampling: {} }
  const client = createModelClient({ apiKey: () => key })
  return { server, asked: client.complete(request, new AbortController().signal) }
}

async function fail(...given: Parameters<typeof ask>) {
  const { server, asked } = await ask(...given)
  const error: unknown = await asked.catch((error: unknown) => error)
  if (!(error instanceof ModelRequestFailed)) throw new Error(`expected a ModelRequestFailed, got ${String(error)}`)
  return { server, reason: classifyModelFailure(error.failed, 0).reason }
}

function readFixture(name: string): Reply {
  const file = [`${name}.json`, `${name}.txt`].find((each) => listFixtures().includes(each)) ?? name
  const isStream = name.includes('/stream-') || name.endsWith('/stream')
  const type = isStream ? 'text/event-stream' : 'application/json'
  return { status: 200, body: readFileSync(new URL(file, fixtures), 'utf8'), headers: { 'content-type': type } }
}

function listFixtures(): string[] {
  return readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
}

const providerOf = (name: string) => name.split('/')[0] as ModelProvider // the folder of its fixtures

const apiOf = (name: string): ModelApi => (name.includes('/responses/') ? 'responses' : 'chat')

describe('a recorded reply', () => {
  test.each(listRows())('$name is read as the page says', async ({ name, ...row }) => {
    const { text, reasoning, usage, ...reply } = await (
      await ask(providerOf(name), readFixture(name), { api: apiOf(name) })
    ).asked
    const { draft, lines } = readAnswerText(text)
    const answer = lines.join('\n').trim()
    const { promptTokens, completionTokens } = usage
    expect({
      hasText: answer !== '',
      reasoning: reasoning !== undefined ? 'apart' : draft.trim() === '' ? 'none' : 'in the text',
      finishReason: reply.finishReason,
      ended: findEnding(reply) ?? 'by itself',
      tokens: promptTokens === null ? 'unknown' : `${promptTokens} + ${completionTokens ?? 'unknown'}`,
    }).toEqual(row)
    expect(answer).not.toMatch(/mirrored|think/)
  })

  test('with your own key costs the fee and what the provider behind charges', async () => {
    const { asked } = await ask('openrouter', readFixture('openrouter/own-key'))
    expect((await asked).claimedCost).toBeCloseTo(0.0000071 + 0.0001425)
  })

  test('that is empty is a failure, although its status is 200', async () => {
    const { reason } = await fail('local', readFixture('local/ollama-failed'))
    expect(reason).toBe('200: empty message (finish reason unknown, no token written)')
  })
})

describe.each<[ModelProvider, string]>([
  ['openai', '/chat/completions'],
  ['openrouter', '/chat/completions'],
  ['anthropic', '/messages'],
  ['local', '/chat/completions'],
])('the address of %s', (provider, path) => {
  test('may be the whole one', async () => {
    const { server, asked } = await ask(provider, { text: 'x' }, { path: `/v1${path}` })
    expect((await asked).text).toBe('x')
    expect(server.requests.map((request) => request.path)).toEqual([`/v1${path}`])
  })

  test('without /v1 is an error that names it and what to write', async () => {
    const { reason, server } = await fail(provider, { status: 404, body: 'Not Found' }, { path: '' })
    const base = server.url.replace('/v1', '')
    expect(reason).toContain(`POST ${base}${path}`)
    expect(reason).toContain(`write ${base}/v1 `)
  })

  test('that redirects is an error that names the other', async () => {
    const headers = { location: `https://other.example/api/v1${path}` }
    const { reason, server } = await fail(provider, { status: 308, body: '', headers })
    expect(reason).toContain(`POST ${server.url}${path}`)
    expect(reason).toContain('write https://other.example/api/v1 ')
  })

  test('gets no key with a typographic quote', async () => {
    const { reason, server } = await fail(provider, { text: 'x' }, { key: '“sk-0123456789”' })
    expect(reason).toMatch(/KEY.*cannot be sent: it has the typographic quotation mark “ \(U\+201C\) at its start/)
    expect(server.requests).toEqual([])
  })
})
