import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { collectTraces } from './collect-traces.ts'
import { createTraceStore } from './trace-store.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-collect-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Stands in for the registry. */
const nameAuthor = (model: string) => (model === 'GEMINI_FLASH' ? 'gemini-2.5-flash' : model)
async function collect(text: string, onlyCorrect = false) {
  const path = join(folder, 'results')
  await writeFile(path, text)
  return collectTraces(path, { nameAuthor, onlyCorrect })
}
const lines = (...values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')

// As the Python original's reasoning generator wrote them: first strings, later lists.
const originalLines = lines(
  { task_id: 'a', task_data: { train: [], test: [] }, prompt_messages: [], reasoning: 'Mirror it.' },
  { task_id: 'b', task_data: 'Error during processing loop', prompt_messages: null, reasoning: 'ERROR: Exception' },
  { task_id: 'c', version: 2, reasoning: ['First.', 'ERROR: Failed to get reasoning.', null], python_code: ['x'] },
  { entry_type: 'metadata', model_identifier: 'GEMINI_FLASH', model_username: 'google/gemini' },
)

describe('collectTraces', () => {
  test('takes only reasoning that led to a right result, when asked to', async () => {
    const entry = {
      task_id: 'a',
      reasoning: ['Right.', 'Wrong.', 'Right on tests alone.', 'No program.'],
      python_code: ['x', 'y', 'z', null],
      verification_success: [true, false, true, false],
      answer_correct: [true, false, true, false],
      train_correct: [true, false, false, false],
    }
    const original = { task_id: 'b', reasoning: 'One right.', python_code: 'x', verification_success: true }
    const explanation = { task_id: 'c', reasoning: ['Explained.'], answer_correct: [false], python_code: [null] }
    const text = lines(entry, original, explanation, { task_id: 'd', reasoning: ['Unknown.'] })
    expect((await collect(text)).traces).toHaveLength(7)
    const { traces: found, leftOut } = await collect(text, true)
    expect(found.map((trace) => trace.text)).toEqual(['Right.', 'One right.'])
    expect(leftOut).toEqual({ 'not correct': 2, 'never verified': 3 })
  })

  test('reports quickly that a store breaks off in a text full of quotes', async () => {
    const { traces: found, faults } = await collect(`{"a": [{"username": "ann", "text": "${'\\\\"'.repeat(500_000)}`)
    expect(found).toEqual([])
    expect(faults).toHaveLength(1)
  })

  test("takes the traces of the Python original's store, and reports each fault with its place", async () => {
    const trace = {
      trace_id: 'a_ann_1',
      task_id: 'a',
      username: 'ann',
      text: 'Mirror.',
      score: 2,
      timestamp: 1.5,
      voters: { bob: 1 },
    }
    const store = {
      a: [trace, { username: 'eve', text: 'Turn.' }, { username: 'eve' }, 7],
      b: [
        { ...trace, trace_id: 'b_ann_1', task_id: 'b', score: 'NOT' },
        { ...trace, trace_id: 'b_ann_2', task_id: 'b', timestamp: '1970-01-01T00:01:00Z', voters: ['bob'] },
      ],
      c: 'none',
    }
    const { traces: found, leftOut, faults } = await collect(JSON.stringify(store, null, 2).replace('"NOT"', 'NaN'))
    expect(found).toEqual([
      trace,
      {
        trace_id: expect.stringMatching(/^a_eve_\w{12}$/),
        task_id: 'a',
        username: 'eve',
        text: 'Turn.',
        score: 0,
        timestamp: 0,
        voters: {},
      },
      { ...trace, trace_id: 'b_ann_2', task_id: 'b', timestamp: 60, voters: {} },
    ])
    expect(leftOut).toEqual({})
    expect(faults.map(({ place }) => place)).toEqual(['a[2].text', 'a[3]', 'b[0].score', 'c'])
  })

  test('merges such a store once, whatever was edited since', async () => {
    const merged = createTraceStore(join(folder, 'traces_store.json'), join(folder, 'traces.json'))
    const trace = { trace_id: 't', task_id: 'a', username: 'ann', text: 'Mirror.' }
    const { traces: found } = await collect(JSON.stringify({ a: [trace] }))
    expect(await merged.merge(found)).toMatchObject({ added: [trace], present: 0 })
    await merged.edit({ traceId: 't', username: 'ann', text: 'Mirror it.' })
    expect(await merged.merge(found)).toMatchObject({ added: [], present: 1 })
    await merged.remove({ traceId: 't', username: 'ann' })
    expect(await merged.merge(found)).toMatchObject({ added: [], removed: 1 })
  })

  test("reads the Python original's lines, with the metadata last", async () => {
    const { traces: found, leftOut, faults } = await collect(originalLines)
    expect(found).toMatchObject([
      { task_id: 'a', username: 'google/gemini', text: 'Mirror it.', score: 0, voters: {} },
      { task_id: 'c', username: 'google/gemini', text: 'First.', version: 2 },
    ])
    expect(found[0]).not.toHaveProperty('version')
    expect(leftOut).toEqual({ 'error text': 2, 'no reasoning': 1 })
    expect(faults).toEqual([])
  })

  test('reads our documents: one trace per sample, with its run and time', async () => {
    const results = [
      {
        task_id: 'a',
        version: 0,
        timestamp: '2026-01-01T00:00:00.000Z',
        reasoning: ['One.', 'Two.', 'Half of'],
        outcomes: ['answered', 'unparseable', 'truncated'],
        run_id: 'r',
        model: 'GEMINI_FLASH',
      },
    ]
    const { traces: found, leftOut } = await collect(
      JSON.stringify({ metadata: { model_username: 'gemini-2.5-flash' }, results }),
    )
    expect(found).toMatchObject([
      { text: 'One.', run_id: 'r', timestamp: Date.parse('2026-01-01T00:00:00Z') / 1000 },
      { text: 'Two.' },
    ])
    expect(leftOut).toEqual({ truncated: 1 })
  })

  test('uses the model as the author when there is no metadata, so that partial and final files agree', async () => {
    const entry = { task_id: 'a', reasoning: ['One.'] }
    const authors = async (text: string) => (await collect(text)).traces.map(({ username }) => username)
    expect(await authors(lines({ ...entry, model: 'GEMINI_FLASH' }))).toEqual(['gemini-2.5-flash'])
    expect(await authors(lines({ ...entry, model: 'other' }))).toEqual(['other'])
    expect(await authors(JSON.stringify({ metadata: { model_identifier: 'GEMINI_FLASH' }, results: [entry] }))).toEqual(
      ['gemini-2.5-flash'],
    )
    expect(await authors(lines(entry))).toEqual(['unknown_model'])
  })

  test('lists what it could not read', async () => {
    const { traces: found, faults } = await collect(`{"task_id": "x", "rea\n${originalLines}`)
    expect(found).toHaveLength(2)
    expect(faults.map(({ place }) => place)).toEqual(['line 1'])
  })

  test('adds nothing to a store the second time', async () => {
    const store = createTraceStore(join(folder, 'traces_store.json'), join(folder, 'traces.json'))
    const first = await store.merge((await collect(originalLines)).traces)
    const second = await store.merge((await collect(originalLines)).traces)
    expect([first.added.length, second.added.length, second.present]).toEqual([2, 0, 2])
  })
})
