import { inspectRun, keyOf, type DamagedFile } from '../adapters/stores/inspect-run.ts'
import { nameAnswer } from '../adapters/stores/name-answer.ts'
import type { RunFolder, RunStore, StoredFolder } from '../adapters/stores/run-store.ts'
import { count } from '../domain/count.ts'
import type { ItemRecord } from '../domain/runs/record.ts'
import { findItems } from './repair/find-items.ts'
import { findPairs } from './repair/find-pairs.ts'
import { rebuildState } from './repair/rebuild-state.ts'
import { renderPromptAgain } from './repair/render-prompt-again.ts'
import { settleAnswers } from './repair/settle-answers.ts'

export interface RepairChoices {
  /** Lost answers are requested, and paid for, again. */
  readonly askAgain: boolean
  /** Replaces the budget if `state.json` cannot be read. */
  readonly budgetUsd?: number | undefined
}

export interface Repair {
  readonly done: readonly RepairedFile[]
  /** Files still damaged, each with what to do about it. */
  readonly lost: readonly (Pick<DamagedFile, 'file' | 'place' | 'problem'> & { readonly way: string })[]
}

interface RepairedFile extends Pick<DamagedFile, 'file' | 'problem'> {
  /** What was done, in words. */
  readonly how: string
  /** Where the damaged file is now; null if there was none. */
  readonly copy: string | null
}

/** Result for one damaged file: it was restored, or a person has to do something. */
type Outcome = Pick<RepairedFile, 'how' | 'copy'> | { readonly way: string }

/*
 * What a run's files can be restored from:
 *
 *   run.json, items.json   their second copies; items also from the records, if their hash matches run.json
 *   state.json             its second copy, counted again; otherwise records and failures
 *   items/                 the same content in another run, or in the datasets the run was started with
 *   records/               removed, so that the run rebuilds them from stored answers and runs their programs again
 *   verdicts/              removed, so that the programs are run again
 *   decisions/             removed, so that the solver decides again
 *   partial/               removed: nothing needs them
 *   wanted/                removed, so that items say again what they wait for
 *   batches/               nothing, like batch_requests/: their requests are sent again only on demand
 *   failures/              rewritten without the reason, so that `retry` finds the item
 *   prompts/               rendered again, if the hash matches
 *   answers/               nothing: they are requested again only on demand, and then lose their records and verdicts
 *   ledger/                the lines of stored answers, with the cost from the answers
 *   programs/              nothing
 *
 * The damaged files are kept in `damaged/`.
 */
export async function repairRun(store: RunStore, folder: RunFolder, choices: RepairChoices): Promise<Repair> {
  const done: RepairedFile[] = []
  const lost: Repair['lost'][number][] = []
  // In this order: each needs the ones before it.
  const order = [
    'run.json',
    'items.json',
    'items',
    'failures',
    'verdicts',
    'decisions',
    'partial',
    'answers',
    'prompts',
    'records',
    'state.json',
  ]
  const damaged = await inspectRun(folder)
  const inOrder = damaged.toSorted((a, b) => order.indexOf(kindOf(a)) - order.indexOf(kindOf(b)))
  for (const file of inOrder) {
    const outcome = await repairFile(store, folder, file, choices)
    if ('way' in outcome) lost.push({ ...file, way: outcome.way })
    else done.push({ file: file.file, problem: file.problem, ...outcome })
  }
  if (lost.length === 0) done.push(...(await completeLedger(folder)), ...(await openAgain(folder)))
  return { done, lost }
}

async function completeLedger(folder: RunFolder): Promise<RepairedFile[]> {
  const addedCount = await settleAnswers(folder)
  if (addedCount === 0) return []
  const problem = `${count(addedCount, 'stored answer')} ${addedCount === 1 ? 'is' : 'are'} missing from it`
  return [{ file: folder.locate('ledger'), problem, how: 'added, with the costs from the answers', copy: null }]
}

/** A complete run that lost an item's record has something left to do. */
async function openAgain(folder: RunFolder): Promise<RepairedFile[]> {
  const state = await folder.readState()
  if (state.state !== 'complete') return []
  const endedKeys = new Set(
    [...(await folder.listFiles('records')), ...(await folder.listFiles('failures'))].map(keyOf),
  )
  const remaining = (await folder.listItems()).filter(({ key }) => !endedKeys.has(key))
  if (remaining.length === 0) return []
  await folder.putState({ ...state, state: 'interrupted', updated_at: new Date().toISOString() })
  const problem = `the run is no longer complete: ${count(remaining.length, 'task')} left to record`
  return [{ file: folder.locate('state.json'), problem, how: 'reopened', copy: null }]
}

function kindOf({ name }: DamagedFile): string {
  return name.split('/')[0] ?? ''
}

async function repairFile(
  store: RunStore,
  folder: RunFolder,
  file: DamagedFile,
  choices: RepairChoices,
): Promise<Outcome> {
  const { name } = file
  const replace = async (put: () => Promise<unknown>, how: string): Promise<Outcome> => {
    const copy = await setAside(folder, file)
    await put()
    return { how, copy }
  }
  switch (kindOf(file) as StoredFolder | 'run.json' | 'state.json' | 'items.json') {
    case 'run.json': {
      const copy = await folder.findCopy('run.json')
      if (copy !== undefined && copy.run_id !== folder.runId) return { way: 'nothing is changed in it' }
      if (copy === undefined) return { way: 'nothing else describes the run: restore the file from a backup' }
      return replace(() => folder.restore('run.json', copy), 'restored from its second copy')
    }
    case 'items.json': {
      const items = await findItems(folder)
      if (items === undefined) return { way: 'restore it from a backup, or start the run again with another --name' }
      return replace(() => folder.restore('items.json', items), 'restored, with the hash from run.json')
    }
    case 'state.json': {
      const state = await rebuildState(folder, choices.budgetUsd)
      if (state === undefined) {
        return {
          way: `its budget is unknown: npx arcloom resume ${folder.runId} --budget-usd <the whole budget>`,
        }
      }
      return replace(() => folder.restore('state.json', state), 'counted again from records and failures')
    }
    case 'items': {
      const hash = keyOf(name)
      const pairs = await findPairs(store, folder, hash)
      if (pairs === undefined)
        return { way: 'no other run and no dataset of this run has this task: restore the file from a backup' }
      return replace(() => folder.restorePairs(hash, pairs.pairs), `taken from ${pairs.origin}`)
    }
    case 'records':
      return replace(async () => undefined, 'the run rebuilds it from stored answers')
    case 'verdicts':
      return replace(async () => undefined, 'its programs are run again when needed')
    case 'decisions':
      return replace(async () => undefined, 'the solver decides again when needed')
    case 'partial':
      return replace(async () => undefined, 'it was for people to read, and nothing needs it')
    case 'wanted':
      return replace(async () => undefined, 'what it waits for is found out again')
    case 'batches':
    case 'batch_requests': {
      if (!choices.askAgain) {
        return {
          way: `the provider may have answers that it names, and the ledger has their batch's id (provider_id); to send its requests, and pay for them, again: ${askAgain(folder)}`,
        }
      }
      await folder.setAside(`batches/${keyOf(name)}.json`)
      await folder.setAside(`batch_requests/${keyOf(name)}.json`)
      return { how: 'its requests are sent again', copy: null }
    }
    case 'failures': {
      const failure = {
        item: keyOf(name),
        reason: 'the file with the reason was damaged',
        at: new Date().toISOString(),
      }
      return replace(() => folder.putFailure(failure), `rewritten; to redo the item: npx arcloom retry ${folder.runId}`)
    }
    case 'prompts': {
      const messages = await renderPromptAgain(folder, keyOf(name))
      if (messages !== undefined) return replace(() => folder.putPrompt(messages), 'rendered again')
      if (!choices.askAgain) {
        return {
          way: `it cannot be rendered again; to repeat its requests, and pay again: ${askAgain(folder)}`,
        }
      }
      for (const answer of await listAnswersTo(folder, keyOf(name))) await takeBack(folder, answer)
      return replace(async () => undefined, 'its requests are sent again')
    }
    case 'answers': {
      if (!choices.askAgain) {
        return {
          way: `it was paid for and cannot be rebuilt; to request it, and pay for it, again: ${askAgain(folder)}`,
        }
      }
      await dropAllFrom(folder, keyOf(name))
      return replace(async () => undefined, 'it is requested again')
    }
    case 'programs':
      return { way: 'verify the original file again with another --name' }
  }
}

async function setAside(folder: RunFolder, { name, missing }: DamagedFile): Promise<string | null> {
  return missing ? null : folder.setAside(name)
}

function askAgain({ runId }: RunFolder): string {
  return `npx arcloom resume ${runId} --ask-again`
}

/** Moves an answer aside, with everything that was made from it. */
async function takeBack(folder: RunFolder, answer: string): Promise<void> {
  await dropAllFrom(folder, answer)
  await folder.setAside(nameAnswer(answer))
}

/**
 * Moves the records that contain an answer aside, and drops the verdict on its program: the next answer gets the same key, but
 * its program may be another. Other verdicts of the round are kept: a program that runs again may end differently, and the
 * next round, which shows the result to the model, would then be paid for again.
 */
async function dropAllFrom(folder: RunFolder, answer: string): Promise<void> {
  for (const record of await listRecordsOf(folder, answer)) await folder.setAside(record)
  for (const file of await folder.listFiles('verdicts')) {
    if ((await folder.findFault(file)) !== undefined) continue
    const { itemKey, round } = parseVerdictsName(file)
    const verdicts = await folder.findVerdicts(itemKey, round)
    if (verdicts === undefined || !(answer in verdicts.programs)) continue
    const { [answer]: _, ...programs } = verdicts.programs
    await folder.setAside(file)
    await folder.putVerdicts(itemKey, round, { ...verdicts, programs })
  }
}

/** `verdicts/00d62c1b.2.json` → item `00d62c1b`, round 2 */
function parseVerdictsName(file: string): { readonly itemKey: string; readonly round: number } {
  const name = keyOf(file)
  const dot = name.lastIndexOf('.')
  return { itemKey: name.slice(0, dot), round: Number(name.slice(dot + 1)) }
}

async function listAnswersTo(folder: RunFolder, prompt: string): Promise<string[]> {
  const files = await folder.listFiles('answers')
  const answers = await Promise.all(
    files.map(async (file) => {
      if ((await folder.findFault(file)) !== undefined) return []
      const answer = await folder.readAnswer(keyOf(file))
      return answer.sent.prompt === prompt ? [answer.key] : []
    }),
  )
  return answers.flat()
}

async function listRecordsOf(folder: RunFolder, answer: string): Promise<string[]> {
  const files = await folder.listFiles('records')
  const records = await Promise.all(
    files.map(async (file) => {
      if ((await folder.findFault(file)) !== undefined) return []
      const { samples } = (await folder.findRecord(keyOf(file))) as ItemRecord // it was checked
      return samples.some(({ rounds }) => rounds.some(({ answers }) => answers.includes(answer))) ? [file] : []
    }),
  )
  return records.flat()
}
