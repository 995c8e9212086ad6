import type { NewRun } from '../../adapters/stores/run-store.ts'
import type { Config } from '../../config.ts'
import { isFree } from '../../domain/models/price-call.ts'
import { listTestPairs, maxItemCostUsd } from '../../domain/runs/max-item-cost.ts'
import { needAskingRun } from '../../domain/runs/run.ts'
import type { RunRequest } from '../../runs/prepare-run.ts'
import { checkRequests } from '../build-requests.ts'
import { collectFaults } from '../collect-faults.ts'
import type { RunFlags } from '../run-flags.ts'
import { findOrderDatasets } from './list-order-datasets.ts'
import { prepareGroup, withoutRepeats } from './prepare-group.ts'
import { parseOrder, type RunOrder } from './run-order.ts'

/** What an order would start. */
export interface PlannedRuns {
  readonly tasks: number
  /** What is left out, in words; null if nothing is. */
  readonly note: string | null
  /** One per model; none if there are faults. */
  readonly runs: readonly PlannedRun[]
  /** Everything that keeps it from being started, as the command would throw it. */
  readonly faults: readonly unknown[]
}

interface PlannedRun {
  readonly model: string
  readonly requests: {
    /** Those that are sent whatever comes. */
    readonly first: number
    /** With all rounds. */
    readonly most: number
  }
  /** With all rounds, all prompts and answers at their longest, in USD; null if it has no limit that is known. */
  readonly cost_at_most_usd: number | null
}

/** Checks an order and tells what it would start; starts and stores nothing. */
export async function planRuns(config: Config, order: RunOrder): Promise<PlannedRuns> {
  const { requests, note, faults } = await readOrder(config, order)
  const runs = prepareGroup(requests, new Date())
  return { tasks: requests[0]?.tasks.length ?? 0, note: note ?? null, runs: runs.map(planRun), faults }
}

interface ReadOrder {
  /** None if there are faults. */
  readonly requests: RunRequest[]
  readonly note: string | undefined
  readonly flags: RunFlags
  readonly faults: readonly unknown[]
}

/** An order, checked as the command checks its flags. */
export async function readOrder(config: Config, order: RunOrder): Promise<ReadOrder> {
  const faults = collectFaults()
  const unread: unknown[] = []
  const { dataset, ...parsed } = parseOrder(order, (fault) => unread.push(fault))
  const paths = dataset && (await faults.check(() => findOrderDatasets(config, dataset)))
  const flags = { ...parsed, ...(paths && { dataset: paths }) }
  const checked = await checkRequests(config, order.kind, order.recipe, flags, faults)
  const all = [...unread, ...faults.all]
  const { requests, repeats } = withoutRepeats(all.length === 0 ? checked : [])
  return { requests, note: repeats, flags, faults: all }
}

function planRun({ run, items, pairs }: NewRun): PlannedRun {
  const { model, specification } = needAskingRun(run)
  const all = items.map(({ hash }) => pairs.get(hash) ?? { train: [], test: [] })
  const questions = all.reduce((sum, each) => sum + listTestPairs(specification, each).length, 0)
  const first = questions * specification.samples
  const { prices } = model
  const costsNothing = prices !== undefined && isFree(prices)
  const costs = all.map((each) => (costsNothing ? 0 : maxItemCostUsd(model, specification, each)))
  return {
    model: model.key,
    requests: { first, most: first * specification.rounds },
    cost_at_most_usd: costs.reduce<number | null>((sum, usd) => (sum === null || usd === null ? null : sum + usd), 0),
  }
}
