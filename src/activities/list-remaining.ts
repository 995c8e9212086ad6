import { mapConcurrently } from '../domain/map-concurrently.ts'
import type { LedgerSum } from '../domain/runs/ledger.ts'
import { hasRejection } from '../domain/runs/record.ts'
import type { RunScope } from '../domain/runs/specification.ts'
import type { ItemReference } from '../domain/tasks/item.ts'
import type { OpenRun } from './read-run.ts'

/** The items that a run has yet to record, in its order. */
export async function listRemaining(
  open: OpenRun,
  scope: RunScope,
  { stored }: Pick<LedgerSum, 'stored'>,
): Promise<readonly ItemReference[]> {
  const { folder } = open
  const recorded = new Set(await folder.listRecorded())
  const failures = await folder.listFailures()
  const { opened_at } = await folder.readState()
  // Items that failed since the run was opened have had their turn: a run that plans again continues with the others.
  const failedNow = new Set(failures.filter(({ at }) => at >= opened_at).map(({ item }) => item))
  const failedBefore = new Set(failures.map(({ item }) => item))
  // If nothing was ever answered, the run has only recorded rejections: continuing means asking for them again.
  const askAgain = scope === 'rejected' || (scope === 'remaining' && stored === 0)
  const rejected = askAgain ? await listRejected(open, recorded, opened_at) : new Set()
  return open.items.filter(
    ({ key }) =>
      rejected.has(key) ||
      (!recorded.has(key) && !failedNow.has(key) && (scope === 'remaining' || failedBefore.has(key))),
  )
}

/** The recorded items with a rejected request, except those that had their turn since the run was opened. */
async function listRejected(
  { folder }: OpenRun,
  recorded: ReadonlySet<string>,
  openedAt: string,
): Promise<ReadonlySet<string>> {
  const rejected = await mapConcurrently([...recorded], 16, async (key) => {
    const record = await folder.findRecord(key)
    return record !== undefined && hasRejection(record) && record.recorded_at < openedAt ? [key] : []
  })
  return new Set(rejected.flat())
}
