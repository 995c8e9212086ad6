import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { findProvider, type ModelProvider } from '../providers/providers.ts'
import { adviseOnRefusal } from './advise-on-refusal.ts'
import { findRefusedPart, type RequestPart } from './find-refused-part.ts'
import { classifyModelFailure } from './model-failure.ts'

interface Refusal {
  readonly from: string
  readonly provider: ModelProvider
  readonly status: number
  readonly part: RequestPart
  readonly body: unknown
}

/** Bodies as people have reported them. */
const refusals = JSON.parse(
  await readFile(join(dirname(fileURLToPath(import.meta.url)), 'fixtures/refusals.json'), 'utf8'),
) as readonly Refusal[]

describe('a refusal', () => {
  test.each(refusals.map((refusal) => [refusal.from, refusal] as const))('of %s names its part', (_, refusal) => {
    const { provider, status, body, part } = refusal
    const failed = { status, headers: {}, ...findProvider(provider).describeFailure(body, status) }
    expect(findRefusedPart(failed)).toBe(part)
    const { kind, ...rest } = classifyModelFailure(failed, 0)
    expect(kind).not.toBe('try-again')
    expect(rest).toMatchObject({ refusedPart: part })
  })

  test.each([
    [400, 'temperature must be 1 for this model', 'temperature'],
    [422, 'max_tokens must be at most 4096', 'token-limit'],
    [400, "'developer' is not one of ['system', 'assistant', 'user', 'function']", 'system-role'],
    [400, 'Only user and assistant roles are supported!', 'system-role'],
    [400, 'This model does not support the effort parameter.', 'reasoning-effort'],
  ] as const)('%i "%s" names its part', (status, message, part) =>
    expect(findRefusedPart({ status, message, headers: {} })).toBe(part),
  )

  test.each([
    [400, 'max_tokens must be at least 1, got -1500'],
    [400, 'max_tokens is too large: the prompt has 9000 tokens'],
    [400, 'flagged by moderation'],
    [400, 'the temperature outside is 20 degrees'],
    [400, '1 validation error: [{"msg": "invalid", "input": "temperature must be 1"}]'],
    [429, 'temperature must be 1 for this model'],
    [403, 'System role not supported'],
    [429, 'Streaming is not supported'],
    [502, 'upstream error: streaming is not supported by this host'],
    [400, 'flagged: a text about streaming video is not allowed'],
  ])('%i "%s" names none', (status, message) =>
    expect(findRefusedPart({ status, message, headers: {} })).toBeUndefined(),
  )

  test('of a prompt that is too long is about that prompt', () => {
    const message = "'max_tokens' is too large: 8192. This model's maximum context length is 8192 tokens"
    expect(classifyModelFailure({ status: 400, message, headers: {} }, 0)).not.toHaveProperty('refusedPart')
  })
})

describe('the advice', () => {
  const model = { key: 'GEMMA', provider: 'local', id: 'gemma-2', baseUrl: 'http://127.0.0.1:8080/v1' } as const
  const unnamed = { ...model, key: 'local/gemma-2' }

  test('is the field to add to the entry', () => {
    expect(adviseOnRefusal('system-role', model, '')).toMatch(/add "systemRole": "user" to the entry GEMMA\./)
    expect(adviseOnRefusal('temperature', model, '')).toMatch(/"temperature": false.* Or leave out --temperature\./)
    expect(adviseOnRefusal('token-limit', model, "Use 'max_completion_tokens' instead.")).toMatch(
      /"tokenLimitParameter": "max_completion_tokens"/,
    )
  })

  test('about streams needs no new run', () =>
    expect(adviseOnRefusal('stream', model, '')).toMatch(
      /Resume it with --no-stream\..*add "stream": false to the entry GEMMA/,
    ))

  test('is a whole entry for a model without one', () =>
    expect(adviseOnRefusal('system-role', unnamed, '')).toContain(
      '{"MY_MODEL": {"provider": "local", "id": "gemma-2", "baseUrl": "http://127.0.0.1:8080/v1", "systemRole": "user"}}',
    ))

  test('is another one when the first was taken', () => {
    expect(adviseOnRefusal('system-role', { ...model, systemRole: 'developer' }, '')).toMatch(/"systemRole": "system"/)
    expect(adviseOnRefusal('system-role', { ...model, systemRole: 'user' }, '')).not.toMatch(/arcloom\.models\.json/)
  })
})
