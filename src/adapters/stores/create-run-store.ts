import { randomBytes } from 'node:crypto'
import type { ItemReference } from '../../domain/item.ts'
import type { LedgerLine } from '../../domain/ledger.ts'
import type { ItemFailure, RunRecord } from '../../domain/run.ts'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { hashJson } from '../hash.ts'
import { mapConcurrently } from '../../domain/map-concurrently.ts'
import type { Blobs } from './blobs.ts'
import { RunNotFound, type NewRun, type RunFolder, type RunStore } from './run-store.ts'

/** Room made for an answer before it is paid for, in bytes: longer ones are rare, and then the disk still has to be full. */
const answerRoomBytes = 64 * 1024

/**
 * The layout of a run in names and JSON, over anything that keeps named texts.
 *
 * @param writer names this process among all that ever write to the store: its ledger segments carry it.
 */
export function createRunStore(blobs: Blobs, writer: string): RunStore {
  /**
   * A run never moves and its fixed parts never change, so one folder serves the process, for as long as `run.json` is what it
   * was: people remove a run and start another under its name, and what was known of the first is wrong of the second.
   */
  const opened = new Map<string, { readonly run: string; readonly folder: RunFolder }>()
  const listRuns = async () => {
    const names = (await blobs.list('')).filter(isRunId)
    const runs = await Promise.all(names.map((name) => readJson<RunRecord>(blobs, `${name}/run.json`)))
    return runs
      .filter((run) => run !== undefined)
      .sort((a, b) => compare(b.created_at, a.created_at) || compare(a.run_id, b.run_id))
      .map((run) => run.run_id)
  }
  const hasRun = async (runId: string) => isRunId(runId) && (await blobs.read(`${runId}/run.json`)) !== undefined
  return {
    async readStoreId() {
      await blobs.create('store.json', JSON.stringify({ store_id: randomBytes(4).toString('hex') }))
      return (await needJson<{ store_id: string }>(blobs, 'store.json')).store_id
    },
    listRuns,
    hasRun,
    async createRun({ run, state, items, pairs, programs = new Map() }: NewRun) {
      if (await hasRun(run.run_id)) return undefined
      const folder = run.run_id
      await mapConcurrently([...pairs], 16, ([hash, task]) => putJson(blobs, `${folder}/items/${hash}.json`, task))
      await mapConcurrently([...programs], 16, ([key, given]) =>
        putJson(blobs, `${folder}/programs/${key}.json`, given),
      )
      await putJson(blobs, `${folder}/items.json`, items)
      await putJson(blobs, `${folder}/state.json`, state)
      const created = await blobs.create(`${folder}/run.json`, JSON.stringify(run, null, 2))
      return created ? openFolder(blobs, run.run_id, writer) : undefined
    },
    async openRun(runId) {
      const run = isRunId(runId) ? await blobs.read(`${runId}/run.json`) : undefined
      if (run === undefined) throw new RunNotFound(runId, await listRuns())
      const found = opened.get(runId)
      if (found?.run === run) return found.folder
      const folder = openFolder(blobs, runId, writer)
      opened.set(runId, { run, folder })
      return folder
    },
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A name that stays a single folder below the store. */
export function isRunId(name: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,119}$/.test(name) && !name.endsWith('.json')
}

function openFolder(blobs: Blobs, runId: string, writer: string): RunFolder {
  const at = (name: string) => `${runId}/${name}`
  const answerName = (key: string) => at(`answers/${key.slice(0, 2)}/${key}.json`)
  const recordName = (itemKey: string) => at(`records/${itemKey}.json`)
  const verdictsName = (itemKey: string, round: number) => at(`verdicts/${itemKey}.${round}.json`)
  const failureName = (itemKey: string) => at(`failures/${itemKey}.json`)
  // Never rewritten, so one read serves for as long as the folder is open.
  let items: Promise<ItemReference[]> | undefined
  const keptPrompts = new Set<string>()
  return {
    runId,
    readRun: () => needJson(blobs, at('run.json')),
    readState: () => needJson(blobs, at('state.json')),
    putState: (state) => blobs.write(at('state.json'), JSON.stringify(state, null, 2)),
    listItems: () => (items ??= needJson<ItemReference[]>(blobs, at('items.json'))),
    readPairs: (hash) => needJson(blobs, at(`items/${hash}.json`)),
    readPrograms: (itemKey) => needJson(blobs, at(`programs/${itemKey}.json`)),

    async putPrompt(messages) {
      const hash = hashJson(messages)
      if (keptPrompts.has(hash)) return hash
      const name = at(`prompts/${hash}.json`)
      if ((await blobs.read(name)) === undefined) await putJson(blobs, name, messages)
      keptPrompts.add(hash)
      return hash
    },
    readPrompt: (hash) => needJson(blobs, at(`prompts/${hash}.json`)),
    findAnswer: (key) => readJson(blobs, answerName(key)),
    readAnswer: (key) => needJson(blobs, answerName(key)),
    async reserveAnswer(key) {
      const room = await blobs.reserve(answerName(key), answerRoomBytes)
      return { put: (answer) => room.write(JSON.stringify(answer)), discard: () => room.discard() }
    },
    async countAnswers() {
      const folders = await blobs.list(at('answers'))
      const names = await Promise.all(folders.map((folder) => blobs.list(at(`answers/${folder}`))))
      return names.reduce((sum, list) => sum + list.length, 0)
    },

    findVerdicts: (itemKey, round) => readJson(blobs, verdictsName(itemKey, round)),
    putVerdicts: (itemKey, round, verdicts) => putJson(blobs, verdictsName(itemKey, round), verdicts),

    findRecord: (itemKey) => readJson(blobs, recordName(itemKey)),
    putRecord: (record) => putJson(blobs, recordName(record.item.key), record),
    listRecorded: () => listNames(blobs, at('records')),
    putFailure: (failure) => putJson(blobs, failureName(failure.item), failure),
    removeFailure: (itemKey) => blobs.remove(failureName(itemKey)),
    async listFailures() {
      const names = await listNames(blobs, at('failures'))
      const failures = await Promise.all(names.map((name) => readJson<ItemFailure>(blobs, failureName(name))))
      // One whose item was recorded since they were listed has failed no longer.
      return failures.filter((failure) => failure !== undefined)
    },

    appendLedger: (line) => blobs.append(at(`ledger/${writer}.jsonl`), JSON.stringify(line)),
    async readLedger() {
      const segments = (await blobs.list(at('ledger'))).sort()
      const texts = await Promise.all(segments.map((segment) => blobs.read(at(`ledger/${segment}`))))
      return parseLines<LedgerLine>(texts.flatMap((text) => text ?? []))
    },
    appendLog: (line) => blobs.append(at('run.log'), line),
    putReport: (name, text) => blobs.write(at(name), text),
    findReport: (name) => blobs.read(at(name)),
    sweep: () => blobs.sweep(runId),
  }
}

async function listNames(blobs: Blobs, folder: string): Promise<string[]> {
  return (await blobs.list(folder)).map((name) => name.replace(/\.json$/, ''))
}

async function putJson(blobs: Blobs, name: string, value: unknown): Promise<void> {
  await blobs.write(name, JSON.stringify(value))
}

async function needJson<Value>(blobs: Blobs, name: string): Promise<Value> {
  const value = await readJson<Value>(blobs, name)
  if (value === undefined) throw new MalformedInput(name, '', 'missing from the run store')
  return value
}

/** The store's own documents are trusted to have the shape they were written in, but not to be whole. */
async function readJson<Value>(blobs: Blobs, name: string): Promise<Value | undefined> {
  const text = await blobs.read(name)
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as Value
  } catch (error) {
    throw new MalformedInput(name, '', `not JSON (${error instanceof Error ? error.message : String(error)})`)
  }
}

/**
 * Reads lines one by one, so that what they say is never held whole. A line that a crash tore is nobody's: what it was about is
 * still unsettled, and counts so.
 */
function* parseLines<Line>(texts: readonly string[]): Generator<Line, void> {
  for (const [line] of texts.values().flatMap((text) => text.matchAll(/[^\n]+/g))) {
    try {
      yield JSON.parse(line) as Line
    } catch {
      continue
    }
  }
}
