import { z } from 'zod'
import { namePartial, prefixPartials, type PartialsOf } from '../../domain/answers/partial-answer.ts'
import { mapConcurrently } from '../../domain/map-concurrently.ts'
import type { ReadLedgerLine } from '../../domain/runs/ledger-lines.ts'
import { isOpen, type RunStateName } from '../../domain/runs/run.ts'
import type { ItemReference } from '../../domain/tasks/item.ts'
import { hashJson, hashText } from '../files/hash.ts'
import { readJsonBy } from '../files/read-json-by.ts'
import type { Blobs } from './blobs.ts'
import { nameAnswer } from './name-answer.ts'
import { needOwnRun } from './need-own-run.ts'
import { readLedgerLines } from './read-ledger-lines.ts'
import { readStoreId } from './read-store-id.ts'
import { findStored, listStored, needStored, readText } from './read-stored.ts'
import { DamagedRun, RunNotFound, type CopiedFile, type NewRun, type RunFolder, type RunStore } from './run-store.ts'

/**
 * Room reserved for an answer before its request is sent, in bytes. Longer answers are rare, and only matter if the disk is full.
 */
const answerRoomBytes = 64 * 1024

/** Partial answers kept for one round of a sample: more than it is asked for until it is given up, unless it is resumed. */
const maxPartials = 16

/**
 * The layout of a run in names and JSON, over anything that can store named texts.
 *
 * @param writer identifies this process among all that ever write to the store; its ledger segments carry it.
 */
export function createRunStore(blobs: Blobs, writer: string): RunStore {
  /**
   * A run never moves and its immutable parts never change, so one folder serves the whole process as long as `run.json` is
   * unchanged. People remove a run and start another under its name, and what was cached of the first does not apply to the
   * second.
   */
  const openFolders = new Map<string, OpenFolder>()
  const findCreationOf = async (name: string) => {
    const entry = openFolders.get(name)
    const isUnchanged =
      entry !== undefined && entry.run !== '' && entry.run === (await readText(blobs, name, 'run.json').catch(() => ''))
    return isUnchanged ? entry.createdAt : findCreation(blobs, name)
  }
  const listRuns = async () => {
    const names = (await blobs.list('')).filter(isRunId)
    const runs = await Promise.all(names.map(async (name) => ({ name, createdAt: await findCreationOf(name) })))
    return runs
      .flatMap(({ name, createdAt }) => (createdAt === undefined ? [] : [{ name, createdAt }]))
      .sort((a, b) => compare(b.createdAt, a.createdAt) || compare(a.name, b.name))
      .map(({ name }) => name)
  }
  const hasRun = async (runId: string) => isRunId(runId) && (await findCreation(blobs, runId)) !== undefined
  return {
    readStoreId: () => readStoreId(blobs),
    listRuns,
    async listOpenRuns() {
      const names = (await blobs.list('')).filter(isRunId)
      return mapConcurrently(names, 16, async (name) => ((await isOpenRun(blobs, name)) ? [name] : [])).then((ids) =>
        ids.flat(),
      )
    },
    hasRun,
    async createRun({ run, state, items, pairs, programs = new Map() }: NewRun) {
      if (await hasRun(run.run_id)) return undefined
      const folder = run.run_id
      await mapConcurrently([...pairs], 16, ([hash, task]) => putJson(blobs, `${folder}/items/${hash}.json`, task))
      await mapConcurrently([...programs], 16, ([key, programList]) =>
        putJson(blobs, `${folder}/programs/${key}.json`, programList),
      )
      await putJson(blobs, `${folder}/items.json`, items)
      await putJson(blobs, `${folder}/state.json`, state)
      await putJson(blobs, `${folder}/copies/run.json`, run)
      await putJson(blobs, `${folder}/copies/items.json`, items)
      const created = await blobs.create(`${folder}/run.json`, JSON.stringify(run, null, 2))
      return created ? openFolder(blobs, run.run_id, writer) : undefined
    },
    async openRun(runId) {
      const run = (isRunId(runId) && (await readText(blobs, runId, 'run.json'))) || ''
      const entry = openFolders.get(runId)
      if (run !== '' && entry?.run === run) return entry.folder
      const createdAt = isRunId(runId) ? await findCreation(blobs, runId) : undefined
      if (createdAt === undefined) throw new RunNotFound(runId, await listRuns())
      if (entry?.run === run) return entry.folder
      const folder = openFolder(blobs, runId, writer)
      openFolders.set(runId, { run, createdAt, folder })
      return folder
    },
  }
}

interface OpenFolder {
  /** The text of `run.json`; empty where there is none. */
  readonly run: string
  readonly createdAt: string
  readonly folder: RunFolder
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Whether a name is a single folder below the store. */
export function isRunId(name: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,119}$/.test(name) && !name.endsWith('.json')
}

/** Folders in which a started run has files. A run folder with none of them was left by a creation that did not finish. */
const traces = ['ledger', 'records', 'failures']

/** What a run's numbers come from, besides `run.json` and `state.json`. */
const countedFiles = ['items.json', 'items', 'records', 'failures', 'ledger', 'answers', 'batches']

/** When a run was created; empty if `run.json` has no readable time; undefined if there is no run. */
async function findCreation(blobs: Blobs, runId: string): Promise<string | undefined> {
  try {
    const run = await findStored(blobs, runId, 'run.json')
    if (run !== undefined) return run.created_at ?? ''
    const listings = await Promise.all(traces.map((folder) => listStored(blobs, runId, folder)))
    return listings.some((names) => names.length > 0) ? '' : undefined
  } catch (error) {
    if (error instanceof DamagedRun) return ''
    throw error
  }
}

/**
 * Checks only one field of the state: a run that is damaged elsewhere may still be worked on, and Temporal must then stay up for
 * it.
 */
async function isOpenRun(blobs: Blobs, runId: string): Promise<boolean> {
  try {
    const text = (await readText(blobs, runId, 'state.json')) ?? ''
    return 'value' in readJsonBy(openState, text, '')
  } catch (error) {
    if (error instanceof DamagedRun) return false
    throw error
  }
}

const openState = z.object({ state: z.string().refine((name) => isOpen(name as RunStateName)) })

function openFolder(blobs: Blobs, runId: string, writer: string): RunFolder {
  const at = (name: string) => `${runId}/${name}`
  const find = <Name extends string>(name: Name) => findStored(blobs, runId, name)
  const need = <Name extends string>(name: Name) => needStored(blobs, runId, name)
  const list = (name: string) => listStored(blobs, runId, name)
  const put = (name: string, value: unknown) => putJson(blobs, at(name), value)
  // Only a repair rewrites them, so one read serves until then, or until memory is needed: a process may know hundreds of runs.
  let items: { ref?: WeakRef<ItemReference[]>; reading?: Promise<ItemReference[]> | undefined } = {}
  const restore = async (name: CopiedFile, value: unknown) => {
    if (name === 'items.json') items = {}
    await blobs.write(at(name), JSON.stringify(value, null, 2))
    await put(`copies/${name}`, value)
  }
  const keptPrompts = new Set<string>()
  return {
    runId,
    locate: (name) => blobs.locate(at(name)),
    readRun: () => needOwnRun(blobs, runId),
    readState: () => need('state.json'),
    putState: (state) => restore('state.json', state),
    async listItems() {
      const cache = items
      const readItems = async () => {
        try {
          const value = await need('items.json')
          cache.ref = new WeakRef(value)
          return value
        } finally {
          cache.reading = undefined
        }
      }
      return cache.ref?.deref() ?? (cache.reading ??= readItems())
    },
    readPairs: (hash) => need(`items/${hash}.json`),
    readPrograms: (itemKey) => need(`programs/${itemKey}.json`),

    async putPrompt(messages) {
      const hash = hashJson(messages)
      if (keptPrompts.has(hash)) return hash
      const name = `prompts/${hash}.json`
      if ((await blobs.read(at(name))) === undefined) await put(name, messages)
      keptPrompts.add(hash)
      return hash
    },
    readPrompt: (hash) => need(`prompts/${hash}.json`),
    findAnswer: (key) => find(nameAnswer(key)),
    readAnswer: (key) => need(nameAnswer(key)),
    findLackOfRoom: () => blobs.findLackOfRoom(),
    async reserveAnswer(key) {
      const room = await blobs.reserve(at(nameAnswer(key)), answerRoomBytes)
      return { put: (answer) => room.write(JSON.stringify(answer)), discard: () => room.discard() }
    },
    countAnswers: async () => (await listAnswers(list)).length,
    listAnswers: () => listAnswers(list),

    findVerdicts: (itemKey, round) => find(`verdicts/${itemKey}.${round}.json`),
    putVerdicts: (itemKey, round, verdicts) => put(`verdicts/${itemKey}.${round}.json`, verdicts),

    findDecision: (key) => find(`decisions/${key}.json`),
    putDecision: (key, decision) => put(`decisions/${key}.json`, decision),

    listBatches: () => listNames(list, 'batches'),
    readBatch: (id) => need(`batches/${id}.json`),
    putBatch: (batch) => put(`batches/${batch.batch}.json`, batch),
    readBatchRequests: (id) => need(`batch_requests/${id}.json`),
    putBatchRequests: (id, requests) => put(`batch_requests/${id}.json`, requests),
    findWanted: (itemKey) => find(`wanted/${itemKey}.json`),
    putWanted: (itemKey, questions) => put(`wanted/${itemKey}.json`, questions),
    removeWanted: (itemKey) => blobs.remove(at(`wanted/${itemKey}.json`)),

    findRecord: (itemKey) => find(`records/${itemKey}.json`),
    putRecord: (record) => put(`records/${record.item.key}.json`, record),
    listRecorded: () => listNames(list, 'records'),
    putFailure: (failure) => put(`failures/${failure.item}.json`, failure),
    removeFailure: (itemKey) => blobs.remove(at(`failures/${itemKey}.json`)),
    async listFailures() {
      const names = await listNames(list, 'failures')
      const failures = await Promise.all(names.map((name) => find(`failures/${name}.json`)))
      // A failure whose item was recorded since they were listed is gone.
      return failures.filter((failure) => failure !== undefined)
    },

    async putPartial(partial) {
      await put(`partial/${namePartial(partial)}.json`, partial)
      const names = (await listPartials(list, partial.question)).slice(0, -maxPartials)
      await Promise.all(names.map((name) => blobs.remove(at(`partial/${name}.json`))))
    },
    async listPartials(of) {
      const names = await listPartials(list, of)
      const partials = await Promise.all(names.map((name) => find(`partial/${name}.json`)))
      return partials.filter((partial) => partial !== undefined)
    },

    appendLedger: (line) => blobs.append(at(`ledger/${writer}.jsonl`), JSON.stringify(line)),
    async readLedger() {
      const segments = (await list('ledger')).sort()
      const texts = await Promise.all(
        segments.map(async (name) => (await readText(blobs, runId, `ledger/${name}`)) ?? ''),
      )
      return texts
        .values()
        .flatMap((text, index) => readLedgerLines(text, blobs.locate(at(`ledger/${segments[index]}`))))
    },
    followLedger() {
      const readTo = new Map<string, number>()
      return async () => {
        const newLines: Generator<ReadLedgerLine, void>[] = []
        const toBytes: [segment: string, toByte: number][] = []
        for (const segment of await list('ledger')) {
          const lines = await blobs.readLines(at(`ledger/${segment}`), readTo.get(segment) ?? 0)
          if (lines === undefined) continue
          toBytes.push([segment, lines.toByte])
          newLines.push(readLedgerLines(lines.text, blobs.locate(at(`ledger/${segment}`))))
        }
        // Only now: where a segment cannot be read, the next call reads the lines of the others again.
        for (const [segment, toByte] of toBytes) readTo.set(segment, toByte)
        return newLines.values().flatMap((lines) => lines)
      }
    },
    appendLog: (line) => blobs.append(at('run.log'), line),
    async stamp() {
      const stamps = await Promise.all(countedFiles.map((name) => blobs.stamp(at(name))))
      return hashText(stamps.join('\n'))
    },
    findNumbers: () => find('numbers.json'),
    putNumbers: (numbers) => put('numbers.json', numbers),
    putReport: (name, text) => blobs.write(at(name), text),
    findReport: (name) => blobs.read(at(name)),
    sweep: () => blobs.sweep(runId),

    async listFiles(folder) {
      if (folder === 'answers') return (await listAnswers(list)).map(nameAnswer)
      return (await list(folder)).map((name) => `${folder}/${name}`)
    },
    async findFault(name) {
      try {
        await (name === 'run.json' ? needOwnRun(blobs, runId) : need(name))
        return undefined
      } catch (error) {
        if (error instanceof DamagedRun) return error
        throw error
      }
    },
    async setAside(name) {
      const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')
      const place = at(`damaged/${time}/${name}`)
      await blobs.move(at(name), place)
      return blobs.locate(place)
    },
    async findCopy<Name extends CopiedFile>(name: Name) {
      try {
        return await find<`copies/${Name}`>(`copies/${name}`)
      } catch (error) {
        if (error instanceof DamagedRun) return undefined
        throw error
      }
    },
    restore,
    restorePairs: (hash, pairs) => put(`items/${hash}.json`, pairs),
  }
}

type List = (folder: string) => Promise<string[]>

async function listAnswers(list: List): Promise<string[]> {
  // Anything else there is not ours: a file left by a file manager, for example.
  const folders = (await list('answers')).filter((name) => /^[\da-f]{2}$/.test(name))
  return (await Promise.all(folders.map((folder) => listNames(list, `answers/${folder}`)))).flat()
}

/** A task's id may have dots and end in a number, so the beginning alone does not tell whose a name is. */
async function listPartials(list: List, of: PartialsOf): Promise<string[]> {
  const prefix = prefixPartials(of)
  const parts = 'sample' in of ? 1 : 3
  const isOne = (name: string) => name.startsWith(prefix) && name.slice(prefix.length).split('.').length === parts
  return (await listNames(list, 'partial')).filter(isOne).sort()
}

async function listNames(list: List, folder: string): Promise<string[]> {
  return (await list(folder)).map((name) => name.replace(/\.json$/, ''))
}

async function putJson(blobs: Blobs, name: string, value: unknown): Promise<void> {
  await blobs.write(name, JSON.stringify(value))
}
