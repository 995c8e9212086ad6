import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { buildNewRun } from '../../../test/support/build-run.ts'
import type { Answer } from '../../domain/answers/answer.ts'
import type { LedgerLine } from '../../domain/runs/ledger-lines.ts'
import type { ItemRecord } from '../../domain/runs/record.ts'
import { createResultsFiles } from '../results/create-results-files.ts'
import type { ResultsFiles } from '../results/results-files.ts'
import type { Blobs } from './blobs.ts'
import { createRunStore } from './create-run-store.ts'
import { createFileBlobs } from './file-blobs.ts'
import { createMemoryBlobs } from './memory-blobs.ts'
import type { RunFolder, RunStore } from './run-store.ts'

const answer = (key: string): Answer => ({
  key,
  question: { item: 'a', sample: 0, round: 1, test_pair: null, previous: null },
  sent: { prompt: 'p', parameters: {} },
  asked_at: '2026-01-01T00:00:00.000Z',
  answered_at: '2026-01-01T00:00:01.000Z',
  time_seconds: 1,
  response: { text: 'x'.repeat(200_000) },
  rejected: null,
  usage: { prompt_tokens: 1, completion_tokens: 2 },
  cost_usd: 0.5,
  request_id: null,
  ledger_request: 'r1',
})

const sent = (request: string): LedgerLine => ({
  type: 'sent',
  request,
  answer: 'k',
  at: '2026-01-01T00:00:00.000Z',
  most_usd: null,
})

const record = (key: string): ItemRecord => ({
  run_id: 'run',
  item: { key, task_id: key, version: 0, hash: 'h', dataset: 'd', split: 's' },
  samples: [],
  started_at: '',
  recorded_at: '',
})

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arcloom-store-'))
})
afterAll(() => rm(folder, { recursive: true }))

const kinds: [string, () => Blobs][] = [
  ['local files', () => createFileBlobs(join(folder, 'runs'))],
  ['memory', createMemoryBlobs],
]

describe.each(kinds)('a run store in %s', (_, createBlobs) => {
  let blobs: Blobs
  let store: RunStore
  const create = async (runId: string) => {
    const run = await store.createRun(buildNewRun({ runId }))
    if (run === undefined) throw new Error(`${runId} is taken`)
    return run
  }
  const removeAll = async (name: string): Promise<void> => {
    if (/\.jsonl?$/.test(name)) return blobs.remove(name)
    await Promise.all((await blobs.list(name)).map((below) => removeAll(`${name}/${below}`)))
  }
  beforeAll(() => {
    blobs = createBlobs()
    store = createRunStore(blobs, 'worker-1')
  })

  test('keeps its id', async () => {
    const id = await store.readStoreId()
    expect(id).toMatch(/^[0-9a-f]{8}$/)
    expect(await createRunStore(blobs, 'worker-2').readStoreId()).toBe(id)
  })

  test('returns what a run was created with', async () => {
    const given = buildNewRun({ runId: 'given' })
    const run = await create('given')
    expect(await run.readRun()).toEqual(given.run)
    expect(await run.readState()).toEqual(given.state)
    expect(await run.listItems()).toEqual(given.items)
    for (const item of given.items) expect(await run.readPairs(item.hash)).toEqual(given.pairs.get(item.hash))
  })

  test('recognises that a run was created again under the same name', async () => {
    const messages = [{ role: 'user', content: 'words' }] as const
    const first = await store.openRun((await create('anew')).runId)
    await first.listItems()
    await first.appendLedger(sent('r1'))
    const prompt = await first.putPrompt(messages)
    await removeAll('anew')
    const again = buildNewRun({ runId: 'anew', createdAt: '2026-02-02T00:00:00.000Z', items: 3 })
    await store.createRun(again)
    const second = await store.openRun('anew')
    expect(await second.listItems()).toEqual(again.items)
    await second.putPrompt(messages)
    expect(await second.readPrompt(prompt)).toEqual(messages)
    await second.appendLedger(sent('r2'))
    expect([...(await second.readLedger())]).toEqual([sent('r2')])
  })

  test('keeps decisions', async () => {
    const run = await create('decided')
    const decision = { solver: 'sample', item: null, follows: [], steps: [{ ask: 0 }], decided_at: '' }
    expect(await run.findDecision('key')).toBeUndefined()
    await run.putDecision('key', decision)
    expect(await run.findDecision('key')).toEqual(decision)
  })

  test('creates a name once', async () => {
    await create('twice')
    expect(await store.createRun(buildNewRun({ runId: 'twice' }))).toBeUndefined()
  })

  test('lists the newest run first, and suggests names when a run does not exist', async () => {
    await store.createRun(buildNewRun({ runId: 'newest', createdAt: '2099-01-01T00:00:00.000Z' }))
    expect((await store.listRuns())[0]).toBe('newest')
    await expect(store.openRun('missing')).rejects.toThrow(/no run "missing".*newest/)
    await expect(store.openRun('../missing')).rejects.toThrow(/no run/)
  })

  test('lists the open runs, whatever else is in the folder', async () => {
    const others = await store.listOpenRuns()
    for (const state of ['running', 'paused', 'complete'] as const) {
      const run = await create(`is-${state}`)
      await run.putState({ ...(await run.readState()), state })
    }
    await (await create('is-torn')).setAside('state.json')
    await blobs.write('is-torn/state.json', '{"state": "run')
    await blobs.write('is-damaged/state.json', '{"state": "running"}')
    const open = await store.listOpenRuns()
    expect(open.filter((runId) => !others.includes(runId)).toSorted()).toEqual([
      'is-damaged',
      'is-paused',
      'is-running',
    ])
  })

  test('finds an answer once it is stored, and not while it is reserved', async () => {
    const run = await create('answers')
    const place = await run.reserveAnswer('abcd')
    expect(await run.findAnswer('abcd')).toBeUndefined()
    expect(await run.countAnswers()).toBe(0)
    await place.put(answer('abcd'))
    expect(await run.findAnswer('abcd')).toEqual(answer('abcd'))
    expect(await run.countAnswers()).toBe(1)
  })

  test('forgets an answer that was reserved and discarded', async () => {
    const run = await create('discarded')
    await (await run.reserveAnswer('abcd')).discard()
    expect(await run.findAnswer('abcd')).toBeUndefined()
  })

  describe('has a stamp', () => {
    test('that stays the same while no input of the numbers is written', async () => {
      const run = await create('stamped')
      const stamp = await run.stamp()
      await run.putState({ ...(await run.readState()), state: 'complete' })
      await run.appendLog('{}')
      await run.putReport('report.md', 'words')
      expect(await run.stamp()).toBe(stamp)
    })

    test.each<[string, (run: RunFolder) => Promise<unknown>]>([
      ['a record', (run) => run.putRecord(record('task-0'))],
      ['another record of the same length', (run) => run.putRecord(record('task-1'))],
      ['a failure', (run) => run.putFailure({ item: 'task-0', reason: 'none', at: '' })],
      ['a line of the ledger', (run) => run.appendLedger(sent('r1'))],
      ['an answer', async (run) => (await run.reserveAnswer('abcd')).put(answer('abcd'))],
      ['a removed record', (run) => run.setAside('records/task-1.json')],
      ['other items', (run) => run.restore('items.json', [])],
      ['the pairs of an item', async (run) => run.restorePairs('0', { train: [], test: [] })],
    ])('that changes with %s', async (name, change) => {
      const run = await create(`stamped-${name.replaceAll(' ', '-')}`)
      await run.putRecord(record('task-1'))
      const stamp = await run.stamp()
      await change(run)
      expect(await run.stamp()).not.toBe(stamp)
    })
  })

  test('stores equal messages once', async () => {
    const run = await create('prompts')
    const messages = [{ role: 'user', content: 'words' }] as const
    const hash = await run.putPrompt(messages)
    expect(await run.putPrompt(messages)).toBe(hash)
    expect(await run.readPrompt(hash)).toEqual(messages)
  })

  test('replaces a failure with a record', async () => {
    const run = await create('failures')
    await run.putFailure({ item: 'a', reason: 'words', at: '2026-01-01T00:00:00.000Z' })
    expect(await run.listFailures()).toEqual([{ item: 'a', reason: 'words', at: '2026-01-01T00:00:00.000Z' }])
    await run.removeFailure('a')
    await run.removeFailure('a')
    expect(await run.listFailures()).toEqual([])
  })

  test('reads the ledgers of all writers, and skips torn lines', async () => {
    const run = await create('ledger')
    await run.appendLedger(sent('r1'))
    const other = createRunStore(blobs, 'worker-2')
    await (await other.openRun('ledger')).appendLedger(sent('r2'))
    await blobs.append('ledger/ledger/worker-3.jsonl', '{"type":"sent","requ')
    const requests = Array.from(await run.readLedger(), (line) => (line.type === 'garbled' ? line.place : line.request))
    expect(new Set(requests)).toEqual(new Set(['r1', 'r2']))
  })
})

describe.each(kinds)('results in %s', (_, createBlobs) => {
  const place = { kind: 'verification' } as const
  const entryOf = (run_id: string) => async (item: string) => ({ run_id, item, timestamp: '2026-01-01T00:00:00.000Z' })
  let blobs: Blobs
  let results: ResultsFiles
  beforeAll(() => {
    blobs = createBlobs()
    results = createResultsFiles(blobs, createMemoryBlobs())
  })

  test('keep each entry once in the shared file, whoever appends it', async () => {
    const other = createResultsFiles(blobs, createMemoryBlobs())
    await results.appendPartial(place, 'a', ['1'], entryOf('a'))
    await other.appendPartial(place, 'b', ['1'], entryOf('b'))
    await results.appendPartial(place, 'a', ['1', '2'], entryOf('a'))
    await other.appendPartial(place, 'a', ['1', '2'], entryOf('a'))
    const text = (await blobs.read('verification/verification_partial_results.jsonl')) ?? ''
    const entries = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { run_id: string; item: string })
    expect(entries.map(({ run_id, item }) => `${run_id}/${item}`)).toEqual(['a/1', 'b/1', 'a/2'])
  })

  test('are written once for each end of a run, and never over those of another', async () => {
    const endedAt = '2026-01-02T03:04:05.000Z'
    const write = (runId: string) =>
      results.writeFinal({
        place,
        output: null,
        runId,
        endedAt,
        interrupted: false,
        metadata: { run_id: runId, ended_at: endedAt },
        items: ['1'],
        readEntry: entryOf(runId),
      })
    const file = await write('a')
    expect(await write('a')).toBe(file)
    expect(await write('b')).not.toBe(file)
    expect(JSON.parse((await blobs.read(file)) ?? '')).toMatchObject({ results: [{ run_id: 'a', item: '1' }] })
    expect(results.locate(file)).toBe(blobs.locate(file))
  })
})

describe('local files', () => {
  const open = () => createFileBlobs(join(folder, 'files'))

  test('end a line that a crash tore before they append the next', async () => {
    await open().append('a.jsonl', '{"whole":1}')
    await appendFile(join(folder, 'files', 'a.jsonl'), '{"torn":')
    await open().append('a.jsonl', '{"next":2}')
    expect(await open().read('a.jsonl')).toBe('{"whole":1}\n{"torn":\n{"next":2}\n')
  })

  test('leave nothing behind but what was written', async () => {
    const blobs = open()
    await blobs.write('b/whole.json', '1')
    await blobs.create('b/whole.json', '2')
    await (await blobs.reserve('b/discarded.json', 1000)).discard()
    expect(await readdir(join(folder, 'files', 'b'))).toEqual(['whole.json'])
    expect(await blobs.read('b/whole.json')).toBe('1')
  })

  test('remove half-written files of dead writers, and not those of a living one', async () => {
    const blobs = open()
    const living = await blobs.reserve('c/living.json', 1000)
    const { pid } = spawnSync('true')
    await writeFile(join(folder, 'files', 'c', `dead.json.${pid}-1.${randomUUID()}.tmp`), 'half')
    await blobs.sweep('c')
    await living.write('whole')
    expect(await readdir(join(folder, 'files', 'c'))).toEqual(['living.json'])
  })

  test('write an answer even if its temporary file was removed', async () => {
    const blobs = open()
    const place = await blobs.reserve('d/answer.json', 1000)
    const [temporary = ''] = await readdir(join(folder, 'files', 'd'))
    await rm(join(folder, 'files', 'd', temporary))
    await place.write('paid for')
    expect(await blobs.read('d/answer.json')).toBe('paid for')
  })
})
