import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { buildPairs } from '../../../test/support/build-run.ts'
import { createEntryStream } from './entry-stream.ts'
import { readResults } from './read-results.ts'
import { readEmbeddedTask } from './results-file-entry.ts'

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
      'with its brackets in other places',
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

  test('reads a list of entries, and a single entry', async () => {
    expect(listPlaces(await read(JSON.stringify([entry('a'), entry('b')])))).toEqual([
      ['a', '[0]'],
      ['b', '[1]'],
    ])
    expect(listPlaces(await read(JSON.stringify(entry('a'), null, 2)))).toEqual([['a', '']])
  })

  test('reads JSON Lines with the metadata on the last line, as the Python original wrote them', async () => {
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
    ['without a task id', lines(entry('a'), { reasoning: [] }, entry('b')), 'line 2, task_id', /must be a task id/],
    ['that is a number', lines(entry('a'), 7, entry('b')), 'line 2', /an entry must be an object; found 7/],
    [
      'with a broken version',
      lines(entry('a'), entry('x', { version: -1 }), entry('b')),
      'line 2, version',
      /found -1/,
    ],
  ])('reports a bad line %s and reads the others', async (_, text, place, words) => {
    const found = await read(text)
    expect(found.entries.map(({ entry }) => entry.task_id)).toEqual(['a', 'b'])
    expect(found.faults).toMatchObject([{ place, message: expect.stringMatching(words) }])
  })

  test.each<[string, (text: string) => string, RegExp, string[]]>([
    ['torn at its end', (text) => text.slice(0, text.indexOf('"c"')), /torn/, ['a', 'b']],
    ['broken', (text) => text.replace('"c"', 'c'), /not JSON/, ['a', 'b', 'd']],
    [
      'spoilt by NaN',
      (text) => text.replace('"c"', '"c", "score": NaN'),
      /not JSON .*; the entry of task "c" is skipped/,
      ['a', 'b', 'd'],
    ],
    ['missing a quote', (text) => text.replace('"c"', '"c'), /not JSON/, ['a', 'b', 'd']],
    ['missing a bracket', (text) => text.replace(/("c",\s*"reasoning":\s*\[[^\]]*)\]/, '$1'), /torn/, ['a', 'b', 'd']],
    [
      'closed too often',
      (text) => text.replace(/("c",\s*"reasoning":\s*\[[^\]]*)\]/, '$1]]}'),
      /not JSON/,
      ['a', 'b', 'd'],
    ],
    ['torn in the middle', (text) => text.replace(/("c",)[^}]*\}/, '$1'), /torn/, ['a', 'b', 'd']],
  ])('loses only one entry of a document that is %s', async (_, spoil, words, tasks) => {
    const entries = [entry('a'), entry('b'), entry('c'), entry('d')]
    const document = await read(spoil(JSON.stringify({ metadata, results: entries }, null, 2)))
    expect(document.metadata).toEqual([metadata])
    expect(document.entries.map(({ entry }) => entry.task_id)).toEqual(tasks)
    expect(document.faults[0]).toMatchObject({ place: 'results[2], line 25', message: expect.stringMatching(words) })
    const list = await read(spoil(JSON.stringify(entries, null, 2)))
    expect(list.entries.map(({ entry }) => entry.task_id)).toEqual(tasks)
    expect(list.faults[0]).toMatchObject({ place: '[2], line 20', message: expect.stringMatching(words) })
    const ours = `{\n"metadata": {},\n"results": [\n${entries.map((each) => JSON.stringify(each)).join(',\n')}\n]\n}\n`
    const lines = await read(spoil(ours))
    expect(lines.entries.map(({ entry }) => entry.task_id)).toEqual(tasks)
    expect(lines.faults[0]).toMatchObject({ place: 'results[2], line 6' })
  })

  test('loses only one entry of a document on one line', async () => {
    const text = JSON.stringify({ metadata, results: [entry('a'), entry('b'), entry('c')] })
    const found = await read(text.replace('"b"', '"b", "distance": -Infinity'))
    expect(found.metadata).toEqual([metadata])
    expect(listPlaces(found)).toEqual([
      ['a', 'results[0]'],
      ['c', 'results[2]'],
    ])
    expect(found.faults).toMatchObject([{ place: 'results[1], line 1' }])
  })

  test('reads all entries beside metadata that contain NaN', async () => {
    const text = JSON.stringify({ metadata, results: [entry('a')] }, null, 2).replace('"GEMINI_FLASH"', 'NaN')
    const found = await read(text)
    expect(found.entries.map(({ entry }) => entry.task_id)).toEqual(['a'])
    expect(found.faults).toMatchObject([{ place: 'metadata, line 2' }])
  })

  test('splits a document into its contents, however it is formatted', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.constant('"]}{[,:\\'),
        fc.double({ noNaN: true }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any')),
        fc.dictionary(fc.string(), tie('any')),
      ),
    })).any
    fc.assert(
      fc.property(
        fc.array(value),
        value,
        fc.constantFrom(0, 1, 2, 4),
        fc.boolean(),
        (results, metadata, indent, isList) => {
          const stream = createEntryStream(isList ? 'list' : 'object')
          const text = JSON.stringify(
            isList ? results : { other: metadata, metadata, results, last: results },
            null,
            indent,
          )
          const parts = text.split('\n').flatMap((line) => stream.write(line))
          expect(parts.filter(({ key }) => key === 'entry').map((part): unknown => JSON.parse(part.text))).toEqual(
            JSON.parse(JSON.stringify(results)),
          )
          expect(parts.filter(({ key }) => key === 'metadata')).toHaveLength(isList ? 0 : 1)
          expect(stream.isWhole()).toBe(true)
        },
      ),
    )
  })

  test.each([
    ['a remark', '# made by hand'],
    ['NaN', 'NaN'],
  ])('reads JSON Lines that begin with %s', async (_, first) => {
    const found = await read(`${first}\n${lines(entry('a'), entry('b'))}`)
    expect(found.entries.map(({ entry }) => entry.task_id)).toEqual(['a', 'b'])
    expect(found.faults).toMatchObject([{ place: 'line 1' }])
  })

  test('recognises UTF-16', async () => {
    const path = join(folder, 'utf16')
    await writeFile(path, Buffer.from(`\uFEFF${lines(entry('a'))}`, 'utf16le'))
    await expect(Array.fromAsync(readResults(path))).rejects.toThrow(/UTF-16.*save it as UTF-8/)
  })

  test('reads Windows line endings and a byte order mark', async () => {
    const found = await read(`\uFEFF${lines(entry('a'), entry('b'))}`.replaceAll('\n', '\r\n'))
    expect(listPlaces(found)).toEqual([
      ['a', 'line 1'],
      ['b', 'line 2'],
    ])
    const broken = await read(`\uFEFF[\r\n${JSON.stringify(entry('a'))},\r\n{"task_id": NaN}\r\n]\r\n`)
    expect(broken.entries.map(({ entry }) => entry.task_id)).toEqual(['a'])
  })

  test('reads characters that other readers take for a line ending', async () => {
    const [part] = (await read(lines(entry('a', { reasoning: ['one\u2028two'] })))).entries
    expect(part?.entry.reasoning).toEqual(['one\u2028two'])
  })

  test('reads a single text as a list of one, and anything else as no answer', async () => {
    const { entries } = await read(
      lines(entry('a', { reasoning: 'alone', python_code: null }), entry('b', { reasoning: ['x', null, 5] })),
    )
    expect(entries.map(({ entry }) => [entry.version, entry.reasoning, entry.python_code])).toEqual([
      [0, ['alone'], []],
      [0, ['x', null, null], ['pass']],
    ])
  })

  test('keeps unknown fields', async () => {
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

  test('returns the task in an entry', async () => {
    expect(await readTask(buildPairs(1))).toEqual({ value: buildPairs(1) })
  })

  test.each([
    [{ ...buildPairs(1), test: [{ input: [[10]], output: [[0]] }] }, 'line 1, task_data.test[0].input[0][0]'],
    ['Error during processing loop', 'line 1, task_data'],
    [undefined, 'line 1, task_data'],
  ])('says where %j is wrong', async (task_data, place) => {
    expect(await readTask(task_data)).toMatchObject({ faults: [{ place }] })
  })
})
