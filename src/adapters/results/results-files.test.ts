import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { ResultsEntry } from '../../domain/results/results-entry.ts'
import { createFileBlobs } from '../stores/file-blobs.ts'
import { createResultsFiles } from './create-results-files.ts'

const place = { kind: 'benchmark', recipe: 'code' } as const
const partial = 'benchmark/code_benchmark/code_benchmark_partial_results.jsonl'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-results-'))
})
afterEach(() => rm(folder, { recursive: true }))

const open = () => createResultsFiles(createFileBlobs(folder), createFileBlobs('/'))

/** Only the fields that the file is read by; the text is an example of what models write. */
const entry = (run_id: string, item: string, text = '') =>
  ({ run_id, item, timestamp, reasoning: [text] }) as unknown as ResultsEntry
const timestamp = '2026-01-01T00:00:00.000Z'
const append = (runId: string, items: readonly string[], text?: string) =>
  open().appendPartial(place, runId, items, async (item) => entry(runId, item, text))
const readLines = async () => {
  const lines = (await readFile(join(folder, partial), 'utf8')).split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as { run_id: string; item: string })
}
const readItems = async () => (await readLines()).map(({ run_id, item }) => `${run_id}/${item}`)

describe('the partial results file', () => {
  test('holds every entry once, however often and by whomever it is appended', async () => {
    const files = open()
    const readEntry = async (item: string) => entry('a', item)
    await files.appendPartial(place, 'a', ['1'], readEntry)
    await files.appendPartial(place, 'a', ['1', '2'], readEntry)
    await append('b', ['1'])
    await append('a', ['1', '2', '3'])
    expect(await readItems()).toEqual(['a/1', 'a/2', 'b/1', 'a/3'])
  })

  test('holds a second entry of an item that was recorded again, once', async () => {
    const again = '2026-01-02T00:00:00.000Z'
    await append('a', ['1', '2'])
    const files = open()
    const readEntry = async (item: string) => ({ ...entry('a', item), timestamp: again })
    const recordedAt = new Map([
      ['1', again],
      ['2', timestamp],
    ])
    await files.appendPartial(place, 'a', ['1', '2'], readEntry, recordedAt)
    await files.appendPartial(place, 'a', ['1', '2'], readEntry, recordedAt)
    await open().appendPartial(place, 'a', ['1', '2'], readEntry, recordedAt)
    expect(await readItems()).toEqual(['a/1', 'a/2', 'a/1'])
  })

  test('can be appended to by several runs at once', async () => {
    await Promise.all(['a', 'b', 'c'].map((runId) => append(runId, ['1', '2', '3'])))
    expect((await readItems()).sort()).toEqual(['a/1', 'a/2', 'a/3', 'b/1', 'b/2', 'b/3', 'c/1', 'c/2', 'c/3'])
  })

  test.each([
    ['in the middle', Buffer.from('{"run_id":"b","item":"1","reaso')],
    [
      'inside a character',
      Buffer.concat([Buffer.from('{"run_id":"b","reasoning":["'), Buffer.from('→').subarray(0, 2)]),
    ],
  ])('loses a line that was torn %s, and nothing else', async (_, torn) => {
    await append('a', ['1'], 'ä → z')
    await appendFile(join(folder, partial), torn)
    await append('b', ['1'])
    expect(await readItems()).toEqual(['a/1', 'b/1'])
  })

  test('keeps a last line that only lacks its line ending', async () => {
    await mkdir(dirname(join(folder, partial)), { recursive: true })
    await writeFile(join(folder, partial), JSON.stringify(entry('a', '1')))
    await append('a', ['1', '2'])
    expect(await readItems()).toEqual(['a/1', 'a/2'])
  })

  test('is split at JSON lines, whatever characters models write', async () => {
    await append('a', ['1'], 'one\u2028two\u2029three\u0085')
    await append('a', ['1'])
    expect(await readItems()).toEqual(['a/1'])
  })

  test('leaves no lock file behind', async () => {
    await append('a', ['1'])
    expect(await readdir(dirname(join(folder, partial)))).toEqual(['code_benchmark_partial_results.jsonl'])
  })
})

describe('a results file', () => {
  const endedAt = '2026-01-02T03:04:05.000Z'
  const write = (runId: string, interrupted = false, output: string | null = null) =>
    open().writeFinal({
      place,
      output,
      runId,
      endedAt,
      interrupted,
      metadata: { run_id: runId, ended_at: endedAt },
      items: ['1', '2'],
      readEntry: async (item) => entry(runId, item),
    })

  test('says when the run ended, and whether it completed', async () => {
    expect(await write('a')).toBe('benchmark/code_benchmark/code_benchmark_results_20260102_030405.json')
    expect(await write('b', true)).toMatch(/_030405_interrupted\.json$/)
  })

  test('is written once for each end of a run', async () => {
    expect(await write('a')).toBe(await write('a'))
    expect(await readdir(join(folder, 'benchmark/code_benchmark'))).toHaveLength(1)
  })

  test("never replaces another run's", async () => {
    await write('a')
    expect(await write('b')).toMatch(/_030406\.json$/)
    const text = await readFile(
      join(folder, 'benchmark/code_benchmark/code_benchmark_results_20260102_030405.json'),
      'utf8',
    )
    expect(JSON.parse(text)).toMatchObject({ metadata: { run_id: 'a' }, results: [{ item: '1' }, { item: '2' }] })
  })

  test('is written where the user asked, and never over an existing file', async () => {
    const output = join(folder, 'asked', 'mine.json')
    expect(await write('a', false, output)).toBe(output)
    expect(await write('a', false, output)).toBe(output)
    expect(await write('b', false, output)).toBe(join(folder, 'asked', 'mine-2.json'))
    expect(await write('c', true, output)).toBe(join(folder, 'asked', 'mine_interrupted.json'))
  })

  test('is written to the data folder when the path asked for cannot be used', async () => {
    await writeFile(join(folder, 'file'), '')
    expect(await write('a', false, join(folder, 'file', 'mine.json'))).toMatch(/^benchmark\//)
  })
})
