import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { collectTraces } from './collect-traces.ts'
import { createTraceStore } from './trace-store.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-collect-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Stands for the registry. */
const nameAuthor = (model: string) => (model === 'GEMINI_FLASH' ? 'gemini-2.5-flash' : model)
async function collect(text: string) {
  const path = join(folder, 'results')
  await writeFile(path, text)
  return collectTraces(path, nameAuthor)
}
const lines = (...values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')

// As the Python original's generator of reasoning wrote them, first as texts and later as lists.
const originalLines = lines(
  { task_id: 'a', task_data: { train: [], test: [] }, prompt_messages: [], reasoning: 'Mirror it.' },
  { task_id: 'b', task_data: 'Error during processing loop', prompt_messages: null, reasoning: 'ERROR: Exception' },
  { task_id: 'c', version: 2, reasoning: ['First.', 'ERROR: Failed to get reasoning.', null], python_code: ['x'] },
  { entry_type: 'metadata', model_identifier: 'GEMINI_FLASH', model_username: 'google/gemini' },
)

describe('collectTraces', () => {
  test("reads the Python original's lines, whose metadata comes last", async () => {
    const { found, leftOut, faults } = await collect(originalLines)
    expect(found).toMatchObject([
      { task_id: 'a', username: 'google/gemini', text: 'Mirror it.', score: 0, voters: {} },
      { task_id: 'c', username: 'google/gemini', text: 'First.', version: 2 },
    ])
    expect(found[0]).not.toHaveProperty('version')
    expect(leftOut).toEqual({ 'error text': 2, 'no reasoning': 1 })
    expect(faults).toEqual([])
  })

  test('reads our documents: a trace a sample, with its run and its time', async () => {
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
    const { found, leftOut } = await collect(
      JSON.stringify({ metadata: { model_username: 'gemini-2.5-flash' }, results }),
    )
    expect(found).toMatchObject([
      { text: 'One.', run_id: 'r', timestamp: Date.parse('2026-01-01T00:00:00Z') / 1000 },
      { text: 'Two.' },
    ])
    expect(leftOut).toEqual({ truncated: 1 })
  })

  test('names the author by the model where there is no metadata, so that partial and final files agree', async () => {
    const entry = { task_id: 'a', reasoning: ['One.'] }
    const authors = async (text: string) => (await collect(text)).found.map(({ username }) => username)
    expect(await authors(lines({ ...entry, model: 'GEMINI_FLASH' }))).toEqual(['gemini-2.5-flash'])
    expect(await authors(lines({ ...entry, model: 'other' }))).toEqual(['other'])
    expect(await authors(JSON.stringify({ metadata: { model_identifier: 'GEMINI_FLASH' }, results: [entry] }))).toEqual(
      ['gemini-2.5-flash'],
    )
    expect(await authors(lines(entry))).toEqual(['unknown_model'])
  })

  test('names what it could not read', async () => {
    const { found, faults } = await collect(`{"task_id": "x", "rea\n${originalLines}`)
    expect(found).toHaveLength(2)
    expect(faults.map(({ place }) => place)).toEqual(['line 1'])
  })

  test('gives a store nothing new the second time', async () => {
    const store = createTraceStore(join(folder, 'traces_store.json'), join(folder, 'traces.json'))
    const first = await store.merge((await collect(originalLines)).found)
    const second = await store.merge((await collect(originalLines)).found)
    expect([first.added.length, second.added.length, second.present]).toEqual([2, 0, 2])
  })
})
