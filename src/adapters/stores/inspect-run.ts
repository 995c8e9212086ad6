import { mapConcurrently } from '../../domain/map-concurrently.ts'
import type { ItemRecord } from '../../domain/runs/record.ts'
import { isOpen, isVerification } from '../../domain/runs/run.ts'
import { hashJson } from '../files/hash.ts'
import { findLostItems } from './find-lost-items.ts'
import { listMissingAnswerKeys } from './list-missing-answers.ts'
import { nameAnswer } from './name-answer.ts'
import type { RunFolder, StoredFolder } from './run-store.ts'

/** A file of a run that is missing or malformed. */
export interface DamagedFile {
  /** Within the run: `records/00d62c1b.json`. */
  readonly name: string
  /** Where people find it. */
  readonly file: string
  readonly place: string
  readonly problem: string
  readonly missing: boolean
}

/** Files read at once. */
const readTogether = 16

/** Reads every file of a run, whether or not numbers come from it, and lists the damaged and the missing ones. */
export async function inspectRun(folder: RunFolder): Promise<DamagedFile[]> {
  const damaged = new Map<string, DamagedFile>()
  const note = (name: string, problem: string, place = '', missing = false) => {
    if (!damaged.has(name)) damaged.set(name, { name, file: folder.locate(name), place, problem, missing })
  }
  const look = async (name: string) => {
    const fault = await folder.findFault(name)
    if (fault) note(name, fault.problem, fault.place, fault.problem === 'it is missing')
    return fault === undefined
  }
  const lookInto = async (name: StoredFolder) => {
    const files = await folder.listFiles(name)
    const sound = await mapConcurrently(files, readTogether, async (file) => ((await look(file)) ? [file] : []))
    return new Set(sound.flat())
  }

  const run = (await look('run.json')) ? await folder.readRun() : undefined
  const state = (await look('state.json')) ? await folder.readState() : undefined
  const items = (await look('items.json')) ? await folder.listItems() : []
  const lostItems = run && findLostItems(items, run)
  if (lostItems !== undefined) note('items.json', lostItems)
  // Before the records: an item that failed and is recorded meanwhile then shows as one or the other.
  const failures = await lookInto('failures')
  const records = await lookInto('records')
  const answers = await lookInto('answers')
  const prompts = await lookInto('prompts')
  for (const each of ['partial', 'verdicts', 'batches', 'batch_requests', 'wanted'] as const) await lookInto(each)
  await lookInto('decisions')
  for (const file of await lookInto('items')) {
    const hash = file.slice('items/'.length, -'.json'.length)
    if (hashJson(await folder.readPairs(hash)) !== hash) note(file, 'its pairs do not match the hash in its name')
  }
  for (const { key, hash } of items) {
    await look(`items/${hash}.json`)
    if (run && isVerification(run)) await look(`programs/${key}.json`)
    const record = `records/${key}.json`
    if (state?.state !== 'complete' || records.has(record) || failures.has(`failures/${key}.json`)) continue
    note(record, 'it is missing, and the run is complete', '', true)
  }
  for (const record of records) {
    const { item, samples } = (await folder.findRecord(keyOf(record))) as ItemRecord // it was just read
    if (item.key !== keyOf(record)) note(record, `it is the record of ${item.key}`, 'item.key')
    for (const key of samples.flatMap(({ rounds }) => rounds.flatMap(({ answers }) => answers))) {
      if (!answers.has(nameAnswer(key))) await look(nameAnswer(key))
    }
  }
  const wasLost = 'it is missing, and the ledger says that it was stored'
  const lost = state && isOpen(state.state) ? [] : await listMissingAnswerKeys(folder)
  for (const key of lost) note(nameAnswer(key), wasLost, '', true)
  for (const file of answers) {
    const { sent } = await folder.readAnswer(keyOf(file))
    if (!prompts.has(`prompts/${sent.prompt}.json`)) await look(`prompts/${sent.prompt}.json`)
  }
  return [...damaged.values()]
}

/** `records/00d62c1b.json` → `00d62c1b` */
export function keyOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1, -'.json'.length)
}
