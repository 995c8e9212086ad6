import { findLostItems } from '../adapters/stores/find-lost-items.ts'
import { listMissingAnswers } from '../adapters/stores/list-missing-answers.ts'
import { needOutcomes } from '../adapters/stores/need-outcomes.ts'
import { DamagedRun, type RunFolder } from '../adapters/stores/run-store.ts'
import { count } from '../domain/count.ts'
import { mapConcurrently } from '../domain/map-concurrently.ts'
import { createRunCounter } from '../domain/results/count-run.ts'
import type { Damage, RunNumbers } from '../domain/results/run-document.ts'
import { totalLedger } from '../domain/runs/ledger.ts'
import type { ItemRecord } from '../domain/runs/record.ts'
import { isOpen } from '../domain/runs/run.ts'
import type { SelectionRule } from '../domain/selection/selection-rule.ts'
import type { ItemReference } from '../domain/tasks/item.ts'
import type { TaskPairs } from '../domain/tasks/task.ts'
import { countWanted } from './count-wanted.ts'
import { readOpenBatches } from './read-open-batches.ts'

/** Records read concurrently: each may contain many grids. */
const readTogether = 8

export interface ReadingOptions {
  /** Called once per item, with its record if there is one, so that other readers need no second pass. */
  readonly alsoLook?: (item: ItemReference, task: TaskPairs, record: ItemRecord | undefined) => void | Promise<void>
  /** The selection rule, if not the standard one. */
  readonly rule?: SelectionRule
}

/**
 * Counts a run from its files alone: records, failures, answers and ledger. No Temporal, no model. Only a few records are in
 * memory at once.
 *
 * @throws {DamagedRun} if a file that the numbers come from is missing or malformed
 */
export async function readNumbers(folder: RunFolder, { alsoLook, rule }: ReadingOptions = {}): Promise<RunNumbers> {
  const [run, items] = await Promise.all([folder.readRun(), folder.listItems()])
  const problem = findLostItems(items, run)
  if (problem !== undefined) {
    throw new DamagedRun(folder.runId, { file: folder.locate('items.json'), place: '', problem })
  }
  // Read the state first: a run that completes meanwhile then counts as open, not as complete with items missing.
  // Read failures before records: an item that failed and is being recorded now counts as one or the other.
  const state = await folder.readState()
  const listedFailures = await folder.listFailures()
  const recordedKeys = new Set(await folder.listRecorded())
  const counter = createRunCounter(run, rule)
  await mapConcurrently(items, readTogether, async (item) => {
    const pairs = await folder.readPairs(item.hash)
    const record = recordedKeys.has(item.key) ? await folder.findRecord(item.key) : undefined
    counter.add(item, pairs, record)
    await alsoLook?.(item, pairs, record)
  })
  const failures = listedFailures.filter((failure) => !recordedKeys.has(failure.item))
  if (state.state === 'complete') needOutcomes(folder, items, recordedKeys, failures)
  const ledger = totalLedger(await folder.readLedger(), state.opened_at)
  const answers = await folder.countAnswers()
  const hasEnded = !isOpen(state.state)
  const unknownAnswers = hasEnded ? answers - ledger.asked : 0
  return {
    run,
    state,
    counts: counter.counts(),
    // The cost in a lost line has no upper bound.
    ledger: unknownAnswers > 0 ? { ...ledger, cost_usd: null, unbounded: ledger.unbounded + unknownAnswers } : ledger,
    answers,
    wanted: await countWanted(folder, run),
    failures,
    batches: await readOpenBatches(folder),
    damage: [
      ...ledger.garbled.map((line) => ({ ...line, message: 'cannot be read, so the cost of the run is unknown' })),
      ...(hasEnded && answers < ledger.answered ? await listMissingAnswers(folder) : []),
      ...(unknownAnswers > 0 ? [describeLostLines(folder, unknownAnswers)] : []),
    ],
  }
}

function describeLostLines(folder: RunFolder, answers: number): Damage {
  const message = `${count(answers, 'stored answer')} ${answers === 1 ? 'is' : 'are'} missing from it, so the cost of the run is unknown`
  return { file: folder.locate('ledger'), place: '', message }
}
