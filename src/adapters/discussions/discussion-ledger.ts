import type { SentLine, SettledLine } from '../../domain/runs/ledger-lines.ts'
import { createLedgerSum, type LedgerSum } from '../../domain/runs/ledger.ts'
import type { Blobs, SharedLines } from '../stores/blobs.ts'
import { readLedgerLines } from '../stores/read-ledger-lines.ts'

/** What all conversations of a data folder together have cost and may still cost. */
export interface DiscussionLedger {
  /** The sum of all lines, of every process. */
  read(): Promise<LedgerSum>
  /**
   * Writes `sent`, after which the request may be sent. A request counts at its maximum until it is settled, and forever if it
   * is lost.
   *
   * @returns false if its maximum does not fit into the budget; then nothing is written
   */
  reserve(line: SentLine, budgetUsd: number): Promise<boolean>
  settle(line: SettledLine): Promise<void>
}

/** Summing the same costs in another order differs by less. */
const roundingUsd = 1e-9

/** In a folder of its own: the files beside it are conversations. */
const ledgerName = 'discussions/ledger/spent.jsonl'

/*
 * Looking and writing happen in one turn under the file's lock, so two servers on one data folder cannot both take the last of the
 * budget.
 */
export function createDiscussionLedger(blobs: Blobs): DiscussionLedger {
  const lines: SharedLines = blobs.openSharedLines(ledgerName)
  let sum = createLedgerSum()
  /** Within this process, turns are taken one after the other: the file's lock only keeps other processes out. */
  let turn: Promise<unknown> = Promise.resolve()

  function inTurn(write: (sum: LedgerSum) => readonly (SentLine | SettledLine)[]): Promise<void> {
    const result = turn.then(() =>
      lines.append({
        forget() {
          sum = createLedgerSum()
        },
        read(line) {
          for (const parsed of readLedgerLines(line, ledgerName)) sum.add(parsed)
        },
        async *write() {
          for (const line of write(sum)) {
            yield JSON.stringify(line)
            sum.add(line)
          }
        },
      }),
    )
    turn = result.catch(() => undefined)
    return result
  }

  return {
    // Without the lock, since looking should write nothing.
    async read() {
      const file = await blobs.readLines(ledgerName, 0)
      const all = createLedgerSum()
      for (const line of readLedgerLines(file?.text ?? '', ledgerName)) all.add(line)
      return all
    },
    async reserve(line, budgetUsd) {
      let fits = false
      await inTurn((sum) => {
        fits = sum.maxSpentUsd() + (line.most_usd ?? 0) <= budgetUsd + roundingUsd
        return fits ? [line] : []
      })
      return fits
    },
    settle: (line) => inTurn(() => [line]),
  }
}
