import type { NewRun } from '../../adapters/stores/run-store.ts'
import type { Config } from '../../config.ts'
import { isFree } from '../../domain/models/price-call.ts'
import { listTestPairs, maxItemCostUsd } from '../../domain/runs/max-item-cost.ts'
import { needAskingRun } from '../../domain/runs/run.ts'
import type { RunRequest } from '../../runs/prepare-run.ts'
import { buildRequests } from '../build-requests.ts'
import type { RunFlags } from '../run-flags.ts'
import { findOrderDatasets } from './list-order-datasets.ts'
import { prepareGroup, withoutRepeats } from './prepare-group.ts'
import { parseOrder, type RunOrder } from './run-order.ts'

/** What an order would start. */
export interface PlannedRuns {
  readonly tasks: number
  /** What is left out, in words; null if nothing is. */
  readonly note: string | null
  /** One per model. */
  readonly runs: readonly PlannedRun[]
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

/** Checks an order and tells what it would start; starts and stores nothing. @throws {UsageError} and what the command throws */
export async function planRuns(config: Config, order: RunOrder): Promise<PlannedRuns> {
  const { requests, note } = await readOrder(config, order)
  const runs = prepareGroup(requests, new Date())
  return { tasks: requests[0]?.tasks.length ?? 0, note: note ?? null, runs: runs.map(planRun) }
}

/** An order, checked as the command checks its flags. */
export async function readOrder(
  config: Config,
  order: RunOrder,
): Promise<{ readonly requests: RunRequest[]; readonly note: string | undefined; readonly flags: RunFlags }> {
  const parsed = parseOrder(order)
  const { dataset } = parsed
  const flags = dataset === undefined ? parsed : { ...parsed, dataset: await findOrderDatasets(config, dataset) }
  const { requests, repeats } = withoutRepeats(await buildRequests(config, order.kind, order.recipe, flags))
  return { requests, note: repeats, flags }
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
