/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import type { PartialDocument, SampleDocument } from '../../../src/api/documents.ts'
import { buildSample, sampleCall, sampleRound } from '../../../test/support/build-sample.ts'
import { navigate, useRoute } from '../address/navigate.ts'
import { refresh } from '../data/resources.ts'
import { SamplePage } from './SamplePage.tsx'

let sample: SampleDocument
let requests: string[]

beforeEach(() => {
  sample = buildSample()
  requests = []
  window.scrollTo = () => {}
  globalThis.fetch = async (address) => {
    const text = typeof address === 'string' ? address : ''
    requests.push(text)
    return { ok: true, status: 200, text: async () => JSON.stringify(answerTo(text)) } as Response // All that is read of it.
  }
})
afterEach(async () => {
  cleanup()
  await act(async () => refresh(''))
})

const hostile = '</pre><img src=x onerror="globalThis.hacked = true"><b>bold</b>\u202E'
const partial: PartialDocument = {
  sample: 1,
  round: 0,
  test: null,
  reason: 'the reply broke off: aborted',
  asked_at: '2026-01-01T00:00:00.000Z',
  broke_at: '2026-01-01T00:01:30.000Z',
  text: hostile,
  reasoning: 'Perhaps it is turned.',
  omitted_characters: 1200,
  request_id: 'gen-1',
}

function answerTo(address: string): unknown {
  if (address.includes('/partials/')) return { partials: [{ ...partial, round: 1, test: 0 }] }
  if (address.includes('/expected/')) return { outputs: [[[4, 3]]] }
  if (!address.endsWith('/matrix')) return sample
  const about = {
    version: 0,
    dataset: 'd',
    split: 's',
    resolution: null,
    selected: [],
    passed_train: [],
    nearest: null,
    failure: null,
  }
  const rows = ['task-0', 'task-1'].map((item) => ({ item, task_id: item, marks: 'www', ...about }))
  return { run_id: 'bench', samples: 3, rows, is_reading: false }
}

function Host() {
  const route = useRoute()
  return route.page === 'sample' ? <SamplePage route={route} /> : null
}

async function open(changes: Partial<SampleDocument> = {}): Promise<void> {
  sample = buildSample(changes)
  await act(async () => navigate({ page: 'sample', run: 'bench', item: 'task-0', sample: 1, matrix: {} }))
  render(<Host />)
  await screen.findAllByText('Program')
}

const click = (name: string) => act(async () => void fireEvent.click(screen.getByRole('button', { name })))
const key = (name: string) => act(async () => void fireEvent.keyDown(document.body, { key: name }))
const unfold = (title: HTMLElement) =>
  act(async () => {
    const fold = title.closest('details')
    if (fold) fold.open = true
    fireEvent(fold ?? title, new Event('toggle'))
  })
const pair = (name: string) => within(screen.getByRole('region', { name }))

test('a sample shows who answered, at what cost, and which attempt it became', async () => {
  await open()
  for (const words of ['MODEL (openrouter)', 'Elsewhere, model-id-2', '100 in, 10 out', '$0.25', '2 for test 1']) {
    expect(screen.getByText(words)).toBeTruthy()
  }
})

test('the expected outputs of test inputs are requested only when the user asks to see them', async () => {
  await open()
  expect(pair('Test 1').queryByText(/expected/i)).toBeNull()
  expect(requests.filter((address) => address.includes('expected'))).toEqual([])
  await click('Show the expected test outputs')
  expect(pair('Test 1').getByText('2 of 2 cells differ from the expected output.')).toBeTruthy()
  expect(window.location.search).toBe('?expected=shown')
  await click('Hide the expected test outputs')
  expect(pair('Test 1').queryByText(/expected/i)).toBeNull()
})

test('a difference is laid over the grid, or beside it, and described in words', async () => {
  await open()
  await key('e')
  const name = /row 1, column 1: green 3 instead of yellow 4; row 1, column 2: yellow 4 instead of green 3/
  expect(pair('Test 1').getByRole('img', { name })).toBeTruthy()
  await key('v')
  expect(window.location.search).toBe('?view=side&expected=shown')
  expect(pair('Test 1').getByRole('img', { name: 'Expected' })).toBeTruthy()
  await key('v')
  expect(pair('Test 1').getByRole('button', { name: 'Turn' })).toBeTruthy()
})

test('an error is shown at its line and in place of the grid', async () => {
  const fault = { verdict: 'error' as const, error_type: 'IndexError', message: 'list index out of range', line: 2 }
  await open({ rounds: [{ ...sampleRound, results: [{ part: 'train' as const, index: 0, got: null, ...fault }] }] })
  const words = 'It raised IndexError in line 2: list index out of range'
  expect(pair('Train 1').getByText(words)).toBeTruthy()
  const line = within(screen.getByRole('region', { name: 'Program' })).getByText(`train 1: ${words}`)
  expect(line.parentElement?.textContent).toContain('return grid[5]')
})

test('rounds are shown one below the other, with the feedback', async () => {
  const later = {
    ...sampleCall,
    answer_key: 'k2',
    messages: [...sampleCall.messages, { role: 'user' as const, content: 'It was wrong on train pair 1.' }],
  }
  await open({ rounds: [sampleRound, { ...sampleRound, calls: [later] }], chosen: 1 })
  const second = within(screen.getByRole('region', { name: 'Round 2' }))
  expect(second.getByText('It was wrong on train pair 1.')).toBeTruthy()
  expect(second.getByText('counts for the sample')).toBeTruthy()
  // The prompt is collapsed.
  expect(screen.queryByText('What is the rule?')).toBeNull()
})

test("N and P move through the samples that match the run's filter, brackets through those of a task", async () => {
  await open()
  await key('n')
  expect(window.location.pathname).toBe('/runs/bench/samples/task-1/1')
  await key('p')
  expect(window.location.pathname).toBe('/runs/bench/samples/task-0/1')
  await key('[')
  expect(window.location.pathname).toBe('/runs/bench/samples/task-0/0')
})

test('says why there is no grid', async () => {
  const calls = [{ ...sampleCall, outcome: 'unparseable' as const, problem: 'the content was empty' }]
  const results = [{ part: 'test', index: 0, verdict: 'no-grid', got: null } as const]
  await open({ rounds: [{ ...sampleRound, calls, results }] })
  expect(
    pair('Test 1').getByText('Nothing that was asked for could be read out of the answer: the content was empty.'),
  ).toBeTruthy()
})

test('what had come of a broken stream is folded away below the call, as plain text, and is said to be no answer', async () => {
  await open({ rounds: [{ ...sampleRound, partials: [partial] }] })
  expect(screen.queryByText('Perhaps it is turned.')).toBeNull()
  const title = screen.getByText(/^A stream that broke after 1 min 30 s; it is no answer/)
  const answer = screen.getByText('The answer')
  expect(answer.compareDocumentPosition(title) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy()
  await unfold(title)
  expect(screen.getByText('the reply broke off: aborted')).toBeTruthy()
  expect(screen.getByText('Perhaps it is turned.')).toBeTruthy()
  expect(screen.getByRole('region', { name: 'Text until the stream broke' }).textContent).toBe(hostile)
  expect(document.querySelector('img[src="x"], pre b')).toBeNull()
  expect(screen.getByText('1,200 more characters had come and were not kept.')).toBeTruthy()
})

test('a task that failed shows what had come of its broken streams', async () => {
  globalThis.fetch = async (address) => {
    const text = typeof address === 'string' ? address : ''
    const error = { type: 'not-recorded', message: 'Run "bench" has no record of "task-0" yet. It failed: overloaded' }
    const [status, body] = text.includes('/samples/') ? [404, { error }] : [200, answerTo(text)]
    return { ok: status === 200, status, text: async () => JSON.stringify(body) } as Response // All that is read of it.
  }
  await act(async () => navigate({ page: 'sample', run: 'bench', item: 'task-0', sample: 0, matrix: {} }))
  render(<Host />)
  expect((await screen.findByRole('alert')).textContent).toMatch(/It failed: overloaded$/)
  await unfold(await screen.findByText(/^A stream that broke after/))
  expect(screen.getByText('sample 2, round 2, test input 1')).toBeTruthy()
  expect(screen.getByText('Perhaps it is turned.')).toBeTruthy()
})
