import type { RunFolder, RunStore } from '../adapters/stores/run-store.ts'
import type { Steering } from '../client/steer-run.ts'
import type { Config } from '../config.ts'
import { readStackStatus, type StackReport } from '../stack/state/read-stack-status.ts'
import type { ContinueFlags } from './continue-run.ts'
import type { OperationContext } from './open-session.ts'
import type { StartOptions } from './orders/list-start-options.ts'
import { orderAgain } from './orders/order-again.ts'
import type { PlannedRuns } from './orders/plan-runs.ts'
import { parseFlagTexts, type FlagTexts, type RunOrder } from './orders/run-order.ts'
import type { OrderedRun } from './orders/start-order.ts'
import { changeFlagRules } from './run-flags.ts'

/** What people do with runs on the page. Everything throws what the command of the same name throws. */
export interface RunOperations {
  /** From files alone. */
  readStack(): StackReport
  listOptions(): Promise<StartOptions>
  /** The order that asks what a run asked; null for a verification. */
  orderAgain(folder: RunFolder): Promise<RunOrder | null>
  /** What an order would start. */
  plan(order: RunOrder): Promise<PlannedRuns>
  start(order: RunOrder, key: string): Promise<readonly OrderedRun[]>
  steer(folder: RunFolder, steering: Steering): Promise<void>
  /** @returns why there is nothing to do; undefined if the run continues */
  continue(
    folder: RunFolder,
    verb: 'resume' | 'retry',
    flags: FlagTexts,
    rejected: boolean,
  ): Promise<string | undefined>
}

export interface OperationPlaces {
  /** Reads the configuration anew: keys may have been added to `.env`. */
  readonly readConfig: () => Promise<Config>
  readonly stateDir: string
  readonly store: RunStore
  readonly note: OperationContext['note']
}

/**
 * The operations, each loaded when it is first asked for: Temporal's client takes longer to load than the rest of the page's
 * server, and a server of the page alone never needs it.
 */
export function createOperations({ readConfig, stateDir, store, note }: OperationPlaces): RunOperations {
  const openContext = async (): Promise<OperationContext> => ({ config: await readConfig(), store, note })
  return {
    readStack: () => readStackStatus({ stateDir }),
    async listOptions() {
      const { listStartOptions } = await import('./orders/list-start-options.ts')
      return listStartOptions(await readConfig())
    },
    async orderAgain(folder) {
      const [run, { controls }, { projectRoot }] = await Promise.all([
        folder.readRun(),
        folder.readState(),
        readConfig(),
      ])
      return orderAgain(run, controls, projectRoot)
    },
    async plan(order) {
      const { planRuns } = await import('./orders/plan-runs.ts')
      return planRuns(await readConfig(), order)
    },
    async start(order, key) {
      const { startOrder } = await import('./orders/start-order.ts')
      return startOrder(await openContext(), order, key)
    },
    async steer(folder, steering) {
      const { steerJoined } = await import('./steer-joined.ts')
      return steerJoined(await openContext(), folder, steering)
    },
    async continue(folder, verb, flags, rejected) {
      const parsed: ContinueFlags = parseFlagTexts(flags, changeFlagRules)
      const { continueJoined } = await import('./steer-joined.ts')
      return continueJoined(await openContext(), folder, verb, { ...parsed, ...(rejected && { rejected }) })
    },
  }
}
