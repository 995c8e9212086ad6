import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPairs } from '../../../test/support/build-run.ts'
import { readEmbeddedTask } from './results-file-entry.ts'
import { readResults } from './read-results.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-read-results-'))
})
afterAll(() => rm(folder, { recursive: true }))

const entry = (task_id: string, more = {}) => ({ task_id, reasoning: ['why'], python_code: ['pass'], ...more })
const metadata = { model_identifier: 'GEMINI_FLASH', model_username: 'gemini-flash' }

async function read(text: string) {
  const path = join(folder, 'results')
  await writeFile(path, text)
  const parts = await Array.fromAsync(readResults(path))
  return {
    entries: parts.flatMap((part) => (part.type === 'entry' ? [part] : [])),
    metadata: parts.flatMap((part) => (part.type === 'metadata' ? [part.metadata] : [])),
    faults: parts.flatMap((part) => (part.type === 'fault' ? [part.fault] : [])),
  }
}
const listPlaces = ({ entries }: Awaited<ReturnType<typeof read>>) =>
  entries.map(({ entry, origin }) => [entry.task_id, origin.place])
const lines = (...values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')

describe('readResults', () => {
  test.each([
    ['over many lines', JSON.stringify({ metadata, results: [entry('a'), entry('b')] }, null, 2)],
    ['on one line', lines({ metadata, results: [entry('a'), entry('b')] })],
    ['after a byte order mark', `\uFEFF${JSON.stringify({ metadata, results: [entry('a'), entry('b')] })}`],
    [
      'with its brackets elsewhere',
      `{"metadata": ${JSON.stringify(metadata)},\n"results": ${lines([entry('a'), entry('b')])}}`,
    ],
  ])('reads a document %s', async (_, text) => {
    const found = await read(text)
    expect(found.faults).toEqual([])
    expect(found.metadata).toEqual([metadata])
    expect(listPlaces(found)).toEqual([
      ['a', 'results[0]'],
      ['b', 'results[1]'],
    ])
  })

  test('reads a list of entries, and a single one', async () => {
    expect(listPlaces(await read(JSON.stringify([entry('a'), entry('b')])))).toEqual([
      ['a', '[0]'],
      ['b', '[1]'],
    ])
    expect(listPlaces(await read(JSON.stringify(entry('a'), null, 2)))).toEqual([['a', '']])
  })

  test('reads JSON lines with a line of metadata at their end, as the Python original wrote them', async () => {
    const found = await read(lines(entry('a'), entry('b'), { entry_type: 'metadata', ...metadata }))
    expect(found.faults).toEqual([])
    expect(listPlaces(found)).toEqual([
      ['a', 'line 1'],
      ['b', 'line 2'],
    ])
    expect(found.metadata).toMatchObject([metadata])
  })

  test.each([
    ['in the middle', `${lines(entry('a'))}{"task_id": "x", "reas\n\n${lines(entry('b'))}`, 'line 2', /not JSON/],
    ['at the end', `${lines(entry('a'), entry('b'))}{"task_id": "x", "reas`, 'line 3', /torn/],
    ['at the beginning', `{"task_id": "x", "reas\n${lines(entry('a'), entry('b'))}`, 'line 1', /not JSON/],
    ['without a task id', lines(entry('a'), { reasoning: [] }, entry('b')), 'line 2, task_id', /a task id is needed/],
    ['of a number', lines(entry('a'), 7, entry('b')), 'line 2', /an entry is an object; found 7/],
    [
      'with a broken version',
      lines(entry('a'), entry('x', { version: -1 }), entry('b')),
      'line 2, version',
      /found -1/,
    ],
  ])('names a bad line %s and reads the others', async (_, text, place, words) => {
    const found = await read(text)
    expect(found.entries.map(({ entry }) => entry.task_id)).toEqual(['a', 'b'])
    expect(found.faults).toMatchObject([{ place, message: expect.stringMatching(words) }])
  })

  test.each([
    ['torn', (text: string) => text.slice(0, text.indexOf('"c"')), /torn/],
    ['broken', (text: string) => text.replace('"c"', 'c'), /not JSON from here on/],
  ])('reads what comes before the place where a document is %s', async (_, spoil, words) => {
    const entries = [entry('a'), entry('b'), entry('c'), entry('d')]
    const document = await read(spoil(JSON.stringify({ metadata, results: entries }, null, 2)))
    expect(document.metadata).toEqual([metadata])
    expect(document.entries.map(({ entry }) => entry.task_id)).toEqual(['a', 'b'])
    expect(document.faults).toMatchObject([{ place: 'results[2], line 26', message: expect.stringMatching(words) }])
    const list = await read(spoil(JSON.stringify(entries, null, 2)))
    expect(listPlaces(list)).toEqual([
      ['a', '[0]'],
      ['b', '[1]'],
    ])
    expect(list.faults).toMatchObject([{ place: '[2], line 21' }])
  })

  test('reads a character that other readers take for the end of a line', async () => {
    const [part] = (await read(lines(entry('a', { reasoning: ['one\u2028two'] })))).entries
    expect(part?.entry.reasoning).toEqual(['one\u2028two'])
  })

  test('takes one text for a list of one, and what is no text for no answer', async () => {
    const { entries } = await read(
      lines(entry('a', { reasoning: 'alone', python_code: null }), entry('b', { reasoning: ['x', null, 5] })),
    )
    expect(entries.map(({ entry }) => [entry.version, entry.reasoning, entry.python_code])).toEqual([
      [0, ['alone'], []],
      [0, ['x', null, null], ['pass']],
    ])
  })

  test('keeps the fields it does not know', async () => {
    const [part] = (await read(lines(entry('a', { best_of: 2 })))).entries
    expect(part?.entry['best_of']).toBe(2)
  })

  test.each([
    ['empty', '', /empty/],
    ['no JSON', 'PAR1', /begins with "PAR1"/],
    ['half a document', '{\n"metadata": {},\n"results": [\n{"task_id"', /results\[0\], line 4: the document is torn/],
    ['half a list', '[{"task_id": "a"', /\[0\], line 1: the document is torn/],
  ])('says when a file is %s', async (_, text, words) => {
    expect(await read(text)).toMatchObject({ entries: [], faults: [{ message: expect.stringMatching(words) }] })
  })

  test.each([
    ['nothing', 'missing', /no such file/],
    ['a folder', '.', /a folder/],
  ])('refuses %s', async (_, name, words) => {
    await expect(Array.fromAsync(readResults(join(folder, name)))).rejects.toThrow(words)
  })
})

describe('readEmbeddedTask', () => {
  const readTask = async (task_data: unknown) => {
    const [part] = (await read(lines(entry('a', { task_data })))).entries
    return part && readEmbeddedTask(part.entry, part.origin)
  }

  test('gives the task that an entry carries', async () => {
    expect(await readTask(buildPairs(1))).toEqual({ value: buildPairs(1) })
  })

  test.each([
    [{ ...buildPairs(1), test: [{ input: [[10]], output: [[0]] }] }, 'line 1, task_data.test[0].input[0][0]'],
    ['Error during processing loop', 'line 1, task_data'],
    [undefined, 'line 1, task_data'],
  ])('names the place of what is wrong in %j', async (task_data, place) => {
    expect(await readTask(task_data)).toMatchObject({ faults: [{ place }] })
  })
})
