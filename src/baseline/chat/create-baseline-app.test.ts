import { describe, expect, test } from '@jest/globals'
import { extractProgram } from '../../domain/answers/extract-program.ts'
import type { Grid } from '../../domain/grids/grid.ts'
import { codeRecipe } from '../../domain/recipes/code.ts'
import type { Pair } from '../../domain/tasks/task.ts'
import { solve, type SolveInput } from '../solve.ts'
import { baselineModel, createBaselineApp } from './create-baseline-app.ts'

const app = createBaselineApp({
  solve: async (question) => solve(question, 5_000),
  limitMs: 5_000,
  nowMs: () => 1_700_000_000_123,
  createId: () => 'chatcmpl-1',
})

const mirrored = (grid: Grid) => grid.map((row) => row.toReversed())
const inputs = [
  [
    [1, 2, 0],
    [0, 3, 3],
  ],
  [[4, 0, 0]],
  [
    [5, 6, 7],
    [1, 1, 2],
    [0, 0, 9],
  ],
]
const train: Pair[] = inputs.map((input) => ({ input, output: mirrored(input) }))
const messages = codeRecipe.renderMessages({ train, testInputs: [[[8, 0, 1]]] }, null)

/** The fields that the tests read; the others are compared as a whole. */
interface Completion {
  readonly choices: readonly [{ readonly finish_reason: string; readonly message: { readonly content: string } }]
  readonly usage: { readonly completion_tokens: number }
  readonly error: unknown
}

async function ask(body: unknown) {
  const response = await app.request('/v1/chat/completions', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Completion }
}
const complete = (more: object = {}) => ask({ model: baselineModel, messages, ...more })
const contentOf = async (more: object = {}): Promise<string> => (await complete(more)).body.choices[0].message.content

describe('a page that a person happens to visit', () => {
  const post = (headers: Record<string, string>, body = JSON.stringify({ model: baselineModel, messages })) =>
    app.request('/v1/chat/completions', { method: 'POST', headers, body })

  test.each([
    ['of another site', { origin: 'https://evil.example' }],
    ['that hides its origin', { 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }],
    ['on a name that resolves here', { host: 'evil.example:8322', origin: 'http://evil.example:8322' }],
  ])('%s is refused with an error in OpenAI’s format', async (_, headers) => {
    const response = await post(headers)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
  })

  test.each(['/health', '/v1/models'])('cannot read %s through a host name of its own', async (path) => {
    expect((await app.request(path, { headers: { host: 'evil.example' } })).status).toBe(403)
  })

  test('nobody may send more than 8 MiB', async () => {
    const response = await post({}, 'x'.repeat(8 * 1024 * 1024 + 1))
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('must not be longer than 8388608 bytes') },
    })
  })
})

describe('chat completions', () => {
  test('answers with reasoning and a program, as a model does', async () => {
    const { status, body } = await complete()
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_700_000_000,
      model: baselineModel,
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', refusal: null } }],
    })
    const extraction = extractProgram({ text: body.choices[0].message.content, finishReason: 'stop' })
    expect(extraction.reasoning).toContain('mirrored left to right')
    expect(extraction.program).toContain('turn(grid, how)')
  })

  test('counts one token for every four bytes', async () => {
    const { body } = await complete()
    const bytes = Buffer.byteLength(messages.map((message) => message.content).join('\n\n'))
    const answered = Buffer.byteLength(body.choices[0].message.content)
    const [prompt_tokens, completion_tokens] = [Math.ceil(bytes / 4), Math.ceil(answered / 4)]
    expect(body.usage).toEqual({ prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens })
  })

  test.each(['max_tokens', 'max_completion_tokens'])('cuts the answer at %s', async (field) => {
    const { body } = await complete({ [field]: 10 })
    expect(body.choices[0].finish_reason).toBe('length')
    expect(body.usage.completion_tokens).toBeLessThanOrEqual(10)
    expect(await contentOf()).toContain(body.choices[0].message.content)
  })

  test('gives the same answer for the same seed, and another program for another seed', async () => {
    expect(await contentOf({ seed: 1 })).toBe(await contentOf({ seed: 1 }))
    const programs = await Promise.all(
      [0, 1, 2].map(async (seed) => extractProgram({ text: await contentOf({ seed }), finishReason: 'stop' }).program),
    )
    expect(new Set(programs).size).toBe(3)
  })

  test('gives another program when its first was wrong, and does not mistake that program’s output for the task’s', async () => {
    const first = await contentOf()
    const feedback = 'Wrong.\n\n## Train pair 1\n\nYour output, 1 row × 1 column:\n[[5]]'
    const more = [
      { role: 'assistant', content: first },
      { role: 'user', content: feedback },
    ]
    const second = await contentOf({ messages: [...messages, ...more] })
    expect(second).toBe(await contentOf({ seed: 1 }))
  })

  test('accepts any seed, negative ones too', async () => {
    expect(await contentOf({ seed: -7 })).toContain('def solve_task')
    expect(await contentOf({ seed: 1_000_000 })).toContain('def solve_task')
  })

  test('reads content that comes in parts', async () => {
    const parts = messages.map(({ role, content }) => ({ role, content: [{ type: 'text', text: content }] }))
    expect((await complete({ messages: parts })).status).toBe(200)
  })

  test('says so when it found nothing', async () => {
    const noise = [
      { input: [[1, 2]], output: [[7, 7, 7]] },
      { input: [[1, 2]], output: [[3]] },
    ]
    const content = await contentOf({
      messages: codeRecipe.renderMessages({ train: noise, testInputs: [[[1]]] }, null),
    })
    expect(content).toContain('I found no rule')
    expect(content).toContain('def solve_task')
  })

  test('answers the same whatever the test outputs are, which no prompt holds', async () => {
    const answers = await Promise.all(
      [[[1, 0, 8]], [[9]]].map((planted) => {
        const test = [{ input: [[8, 0, 1]], output: planted }]
        const task = { train, test, testInputs: test.map((pair) => pair.input) }
        return contentOf({ messages: codeRecipe.renderMessages(task, null) })
      }),
    )
    expect(answers[0]).toBe(answers[1])
  })

  test('passes only train pairs and test inputs to the solver, even from a prompt that shows more', async () => {
    const seen: SolveInput[] = []
    const spy = createBaselineApp({
      solve: async (question) => [String(seen.push(question))],
      limitMs: 0,
      nowMs: () => 0,
      createId: () => '',
    })
    const content = JSON.stringify({ train, test: [{ input: [[8]], output: [[9]] }] })
    const body = JSON.stringify({ model: baselineModel, messages: [{ role: 'user', content }] })
    await spy.request('/v1/chat/completions', { method: 'POST', body })
    expect(seen.map(({ evidence }) => evidence)).toEqual([{ train, testInputs: [[[8]]] }])
  })
})

describe('what it cannot do', () => {
  test.each<[string, unknown, number, object]>([
    ['no JSON', '{', 400, { param: null }],
    ['no model', { messages }, 400, { param: 'model' }],
    ['no messages', { model: baselineModel }, 400, { param: 'messages' }],
    ['a message without text', { model: baselineModel, messages: [{ role: 'user' }] }, 400, { param: 'messages[0]' }],
    ['a seed that is not an integer', { model: baselineModel, messages, seed: 'x' }, 400, { param: 'seed' }],
    ['a limit of 0', { model: baselineModel, messages, max_tokens: 0 }, 400, { param: 'max_tokens' }],
    ['streaming', { model: baselineModel, messages, stream: true }, 400, { param: 'stream' }],
    ['another model', { model: 'gpt', messages }, 404, { code: 'model_not_found' }],
    [
      'another prompt',
      { model: baselineModel, messages: [{ role: 'user', content: 'Write a poem.' }] },
      400,
      { code: 'unreadable_prompt', param: 'messages' },
    ],
  ])('is refused in OpenAI’s format: %s', async (_, request, status, error) => {
    const answer = await ask(request)
    expect(answer.status).toBe(status)
    expect(answer.body.error).toMatchObject({ type: 'invalid_request_error', message: expect.any(String), ...error })
  })

  test('a solver that breaks is a server error', async () => {
    const broken = createBaselineApp({
      solve: () => Promise.reject(new Error('out of memory')),
      limitMs: 0,
      nowMs: () => 0,
      createId: () => '',
    })
    const body = JSON.stringify({ model: baselineModel, messages })
    const response = await broken.request('/v1/chat/completions', { method: 'POST', body })
    expect(response.status).toBe(500)
    expect(await response.json()).toEqual({
      error: { type: 'server_error', message: 'out of memory', param: null, code: null },
    })
  })
})

test('the server lists its one model', async () => {
  const response = await app.request('/v1/models')
  expect(await response.json()).toMatchObject({ object: 'list', data: [{ id: baselineModel, object: 'model' }] })
})

test('the server reports that it is healthy, and how long it may take', async () => {
  const response = await app.request('/health')
  expect(await response.json()).toEqual({ ok: true, model: baselineModel, seconds: 5 })
})
