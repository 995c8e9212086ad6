import type { StartedRun } from '../../client/start-run.ts'
import { prepareDataDir } from '../../config.ts'
import { nameRunBy } from '../../runs/name-run.ts'
import { beginRuns } from '../begin-runs.ts'
import { listNeeds } from '../list-needs.ts'
import { joinSession, type OperationContext } from '../open-session.ts'
import { readOrder } from './plan-runs.ts'
import { prepareGroup } from './prepare-group.ts'
import type { RunOrder } from './run-order.ts'

export interface OrderedRun {
  readonly run_id: string
  readonly how: StartedRun['how']
}

/**
 * Starts an order's runs on a stack that is up.
 *
 * @param key chosen by whoever asks, of `runKeyPattern`: part of the runs' names, so that an order that arrives twice starts once
 */
export async function startOrder(context: OperationContext, order: RunOrder, key: string): Promise<OrderedRun[]> {
  const { config, note } = context
  const { requests, note: repeatsNote, flags, faults } = await readOrder(config, order)
  if (faults.length > 0) throw faults[0]
  if (repeatsNote !== undefined) note(repeatsNote)
  const named = requests.map((request) => ({
    ...request,
    name: request.name ?? nameRunBy(request.recipe, request.model.key, key),
  }))
  prepareDataDir(config)
  const runs = prepareGroup(named, new Date())
  const keys = named.flatMap(({ model }) => model.apiKeyVariable ?? [])
  const session = await joinSession(context, { keys, needs: listNeeds(runs.map(({ run }) => run)) })
  try {
    const started = await beginRuns(session, context, runs, flags, { resumeEnded: false })
    return started.map(({ folder, how }) => ({ run_id: folder.runId, how }))
  } finally {
    await session.close()
  }
}
