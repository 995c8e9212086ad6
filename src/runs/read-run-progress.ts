import { setImmediate } from 'node:timers/promises'
import type { RunFolder } from '../adapters/stores/run-store.ts'
import { isSolved } from '../domain/results/is-solved.ts'
import { createLedgerSum, type LedgerSum, type LedgerTotals } from '../domain/runs/ledger.ts'
import { hasRejection } from '../domain/runs/record.ts'
import { isOpen, isVerification, type RunRecord, type RunState } from '../domain/runs/run.ts'
import { sample } from '../domain/solvers/sample.ts'
import { nameSolver } from '../domain/solvers/solvers.ts'
import { countWanted } from './count-wanted.ts'
import { noGate } from './read-gate.ts'
import { readOpenBatches } from './read-open-batches.ts'

/** A run's progress, from its files. */
export interface RunProgress {
  readonly state: RunState
  /** The registry's key; null in a verification, which asks no model. */
  readonly model: string | null
  readonly total: number
  readonly recorded: number
  readonly failed: number
  readonly solved: number
  /** Answers stored, and the number wanted; in a verification, programs run. Null if the solver decides how many. */
  readonly stored: number
  readonly wanted: number | null
  readonly unit: 'answer' | 'program'
  readonly ledger: Pick<
    LedgerTotals,
    'cost_usd' | 'known_usd' | 'last_failure' | 'rejections' | 'in_flight' | 'last_reply_at' | 'failing_since'
  >
  /** Batches whose answers are waited for, in words. */
  readonly batches: readonly string[]
  /** Why an open run sends no request: the disk is full. */
  readonly heldBack: string | null
  /** What the requests of an open run wait for before they are sent. */
  readonly gateWait: string | null
  /** When its latest answers came since it was opened, oldest first, in milliseconds since 1970. */
  readonly replyTimes: readonly number[]
}

/** What is kept from a record that was read. */
interface ReadRecord {
  readonly solved: boolean
  readonly samples: number
  /** When it was recorded, if it may be recorded again. */
  readonly rejectedAt: string | undefined
}

/** Enough to tell a pace by; the pace of a moment ago is of more use than that of hours. */
const maxReplyTimes = 50

type LedgerFollower = ReturnType<RunFolder['followLedger']>

/** Only best-of-N asks a number of questions that is known in advance. */
function mayAskMore(run: RunRecord): boolean {
  return !isVerification(run) && nameSolver(run.specification) !== sample.name
}

/**
 * Reads a run repeatedly. Each record is opened once, and again only if a rejection in it is asked again; of the ledger, only
 * the lines that are new.
 */
export function createRunProgressReader(folder: RunFolder, readGate = noGate): () => Promise<RunProgress> {
  const records = new Map<string, ReadRecord>()
  let followed: { readonly openedAt: string; readonly ledger: LedgerSum; readonly readNew: LedgerFollower } | undefined
  let replyTimes: readonly number[] = []
  let wantedCount: Promise<number> | undefined

  async function readLedger(openedAt: string): Promise<LedgerTotals> {
    // While a run is closed, a repair may rewrite its ledger.
    if (followed?.openedAt !== openedAt) {
      followed = { openedAt, ledger: createLedgerSum(), readNew: folder.followLedger() }
      replyTimes = []
    }
    const { ledger, readNew } = followed
    const newTimes: number[] = []
    for (const line of await readNew()) {
      ledger.add(line)
      if (line.type === 'settled' && line.fate === 'stored' && line.at >= openedAt) newTimes.push(Date.parse(line.at))
    }
    if (newTimes.length > 0) replyTimes = [...replyTimes, ...newTimes].toSorted((a, b) => a - b).slice(-maxReplyTimes)
    return ledger.totals(openedAt)
  }

  return async function readProgress() {
    const [run, items, recordedKeys] = await Promise.all([folder.readRun(), folder.listItems(), folder.listRecorded()])
    const state = await folder.readState()
    const hashes = new Map(items.map((item) => [item.key, item.hash]))
    const isFinal = (record: ReadRecord | undefined) =>
      record !== undefined && (record.rejectedAt === undefined || record.rejectedAt >= state.opened_at)
    for (const key of recordedKeys.filter((key) => !isFinal(records.get(key)))) {
      const record = await folder.findRecord(key)
      const pairs = await folder.readPairs(hashes.get(key) ?? '')
      // Reading local files never yields.
      await setImmediate()
      if (record === undefined) continue
      records.set(key, {
        solved: isSolved(record, pairs),
        samples: record.samples.length,
        rejectedAt: hasRejection(record) ? record.recorded_at : undefined,
      })
    }
    const [ledger, failures, answers] = await Promise.all([
      readLedger(state.opened_at),
      folder.listFailures(),
      folder.countAnswers(),
    ])
    const rejected = ledger.rejections.reduce((sum, { count }) => sum + count, 0)
    const readRecords = [...records.values()]
    return {
      state,
      model: isVerification(run) ? null : run.model.key,
      total: items.length,
      recorded: recordedKeys.length,
      failed: failures.filter((failure) => !records.has(failure.item)).length,
      solved: readRecords.filter(({ solved }) => solved).length,
      stored: isVerification(run) ? readRecords.reduce((sum, { samples }) => sum + samples, 0) : answers - rejected,
      wanted: mayAskMore(run) ? null : await (wantedCount ??= countWanted(folder, run)),
      unit: isVerification(run) ? 'program' : 'answer',
      ledger,
      batches: await readOpenBatches(folder),
      heldBack: folder.findLackOfRoom() ?? null,
      gateWait: isOpen(state.state) ? await readGate(run.run_id) : null,
      replyTimes,
    }
  }
}
