import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { noUsage } from '../../domain/models/usage.ts'
import {
  createLedgerSum,
  takenBack,
  type LedgerSum,
  type SentLine,
  type SettledLine,
} from '../../domain/runs/ledger.ts'

/** The money of one run, as one worker handles it. */
export interface RunSpending {
  /** The ledger of all workers, with what they wrote since it was last read. */
  readLedger(): Promise<LedgerSum>
  /**
   * Writes `sent`, after which the request may leave.
   *
   * @returns false, and then it must not leave, when the most that it could cost does not fit into the budget
   */
  reserve(line: SentLine, budgetUsd: number | null): Promise<boolean>
  /** Writes the fate of a request. */
  settle(line: SettledLine): Promise<void>
  /** Waits for it no longer: one that has no fate yet, having been cut, stays at its most. */
  forget(request: string): void
  /** Requests of this worker that may yet turn out cheaper than they count as. */
  readonly inFlight: number
}

/** Sums of the same costs in another order differ by less. */
const roundingUsd = 1e-9

/*
 * The ledger is the reservation. A request counts at its most from the moment its `sent` is written, for every worker that
 * reads it, and after a crash as well. What is left to settle is who comes first. Within a worker requests are taken one at a
 * time. Two workers may both look, both find room, and both write: so each looks again after it has written, and takes its
 * request back when the sum is too large. Both may do so, which costs a moment and never too much money.
 */
function createRunSpending(folder: RunFolder, now: () => Date): RunSpending {
  const ledger = createLedgerSum()
  const readNew = folder.followLedger()
  const inFlight = new Set<string>()
  let turn: Promise<unknown> = Promise.resolve()

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = turn.then(work)
    turn = result.catch(() => undefined)
    return result
  }

  async function read(): Promise<LedgerSum> {
    for (const line of await readNew()) ledger.add(line)
    return ledger
  }

  async function takeBack({ request, answer }: SentLine): Promise<void> {
    const at = now().toISOString()
    await folder.appendLedger({
      type: 'settled',
      request,
      answer,
      at,
      fate: 'failed',
      cost_usd: 0,
      usage: noUsage,
      reason: takenBack,
    })
  }

  return {
    readLedger: () => inTurn(read),
    reserve: (line, budgetUsd) =>
      inTurn(async () => {
        if (budgetUsd === null) {
          await folder.appendLedger(line)
        } else {
          const bound = budgetUsd + roundingUsd
          if ((await read()).maxSpentUsd() + (line.most_usd ?? 0) > bound) return false
          await folder.appendLedger(line)
          if ((await read()).maxSpentUsd() > bound) {
            await takeBack(line)
            return false
          }
        }
        inFlight.add(line.request)
        return true
      }),
    async settle(line) {
      await folder.appendLedger(line)
      inFlight.delete(line.request)
    },
    forget(request) {
      inFlight.delete(request)
    },
    get inFlight() {
      return inFlight.size
    },
  }
}

/** One for each run that this worker handles. */
export function createSpendings(now: () => Date): (folder: RunFolder) => RunSpending {
  const kept = new WeakMap<RunFolder, RunSpending>()
  return (folder) => {
    const spending = kept.get(folder) ?? createRunSpending(folder, now)
    kept.set(folder, spending)
    return spending
  }
}
