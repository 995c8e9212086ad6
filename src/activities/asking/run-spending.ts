import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { noUsage } from '../../domain/models/usage.ts'
import { takenBack, type AcceptedLine, type SentLine, type SettledLine } from '../../domain/runs/ledger-lines.ts'
import { createLedgerSum, type LedgerSum } from '../../domain/runs/ledger.ts'

/** The money of one run, as handled by one worker. */
export interface RunSpending {
  /** The ledger of all workers, including lines written since it was last read. */
  readLedger(): Promise<LedgerSum>
  /**
   * Writes `sent`, after which the request may be sent. With a budget, a request counts as many times its maximum as the dearest
   * request of the run has cost.
   *
   * @returns false if its maximum cost does not fit into the budget; then it must not be sent
   */
  reserve(line: SentLine, budgetUsd: number | null): Promise<boolean>
  /** Writes the provider's name of a request, which is still in flight. */
  accept(line: AcceptedLine): Promise<void>
  /** Takes over a request that an earlier worker sent: it counts at its maximum already, and may turn out cheaper. */
  adopt(request: string): void
  /** Writes the fate of a request. */
  settle(line: SettledLine): Promise<void>
  /** Stops waiting for a request: one without a fate, because it was cut off, keeps counting at its maximum. */
  forget(request: string): void
  /** Requests of this worker that may still turn out cheaper than they count. */
  readonly inFlight: number
}

/** Summing the same costs in another order differs by less. */
const roundingUsd = 1e-9

/*
 * The ledger is the reservation. A request counts at its maximum from the moment its `sent` is written, for every worker that
 * reads it, and after a crash as well. What remains to decide is who comes first. Within a worker, requests are handled one at a
 * time. Two workers may both look, both find room, and both write: so each looks again after writing, and takes its
 * request back if the sum is too large. Both may do so, which costs a moment and never too much money.
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
          const counted = countDearness(line, (await read()).dearness)
          if (ledger.maxSpentUsd() + (counted.most_usd ?? 0) > bound) return false
          await folder.appendLedger(counted)
          if ((await read()).maxSpentUsd() > bound) {
            await takeBack(line)
            return false
          }
        }
        inFlight.add(line.request)
        return true
      }),
    accept: (line) => folder.appendLedger(line),
    adopt(request) {
      inFlight.add(request)
    },
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

/** Once a request has cost more than its maximum by the price, the ones after it count as that many times theirs. */
export function countDearness(line: SentLine, dearness: number): SentLine {
  return line.most_usd === null || dearness === 1 ? line : { ...line, most_usd: line.most_usd * dearness, dearness }
}

/** One per run that this worker handles. */
export function createSpendings(now: () => Date): (folder: RunFolder) => RunSpending {
  const spendings = new WeakMap<RunFolder, RunSpending>()
  return (folder) => {
    const spending = spendings.get(folder) ?? createRunSpending(folder, now)
    spendings.set(folder, spending)
    return spending
  }
}
