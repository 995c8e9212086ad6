import type { RunFolder } from '../adapters/stores/run-store.ts'
import { isSolved } from '../domain/is-solved.ts'
import { totalLedger } from '../domain/ledger.ts'
import { countWanted } from '../adapters/count-wanted.ts'
import { isVerification, type RunState } from '../domain/run.ts'

/** How far a run is, from its files. */
export interface Progress {
  readonly state: RunState
  readonly total: number
  readonly recorded: number
  readonly failed: number
  readonly solved: number
  /** Answers stored, of so many; in a verification programs that were run. Null where later rounds may ask for more. */
  readonly stored: number
  readonly wanted: number | null
  readonly unit: 'answers' | 'programs'
  readonly costUsd: number | null
  /** The newest failed request that nothing followed yet. */
  readonly waitingFor: string | null
}

/** Reads a run again and again: each record is opened once. */
export function createProgressReader(folder: RunFolder): () => Promise<Progress> {
  const solvedByItem = new Map<string, boolean>()
  let recordedSamples = 0
  let wanted: Promise<number> | undefined
  return async function readProgress() {
    const [run, items, recorded] = await Promise.all([folder.readRun(), folder.listItems(), folder.listRecorded()])
    const hashes = new Map(items.map((item) => [item.key, item.hash]))
    for (const key of recorded.filter((key) => !solvedByItem.has(key))) {
      const record = await folder.findRecord(key)
      const pairs = await folder.readPairs(hashes.get(key) ?? '')
      if (record === undefined) continue
      solvedByItem.set(key, isSolved(record, pairs))
      recordedSamples += record.samples.length
    }
    const [ledger, failures, answers] = await Promise.all([
      folder.readLedger(),
      folder.listFailures(),
      folder.countAnswers(),
    ])
    const totals = totalLedger(ledger)
    return {
      state: await folder.readState(),
      total: items.length,
      recorded: recorded.length,
      failed: failures.filter((failure) => !solvedByItem.has(failure.item)).length,
      solved: [...solvedByItem.values()].filter(Boolean).length,
      stored: isVerification(run) ? recordedSamples : answers,
      wanted: !isVerification(run) && run.specification.rounds > 1 ? null : await (wanted ??= countWanted(folder, run)),
      unit: isVerification(run) ? 'programs' : 'answers',
      costUsd: totals.cost_usd,
      waitingFor: totals.last_failure?.reason ?? null,
    }
  }
}
