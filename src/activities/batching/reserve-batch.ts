import { withoutSecrets } from '../../domain/models/without-secrets.ts'
import type { Batch } from '../../domain/runs/batches/batch.ts'
import { needAskingRun } from '../../domain/runs/run.ts'
import type { ActivityContext } from '../dependencies.ts'
import { explainDiskFault } from '../disk-fault.ts'
import type { OpenRun } from '../read-run.ts'

/** Writes the `sent` lines of a batch, each with its maximum cost, except those that an interrupted attempt wrote. */
export async function reserveBatch({ now, models }: ActivityContext, open: OpenRun, batch: Batch): Promise<Batch> {
  const { folder } = open
  const requests = await folder.readBatchRequests(batch.batch)
  const written = new Set<string>()
  for (const line of await folder.readLedger()) if (line.type === 'sent') written.add(line.request)
  const at = now().toISOString()
  const base_url = withoutSecrets(models.locate(needAskingRun(open.run).model).baseUrl)
  for (const { request, answer, most_usd } of requests) {
    if (written.has(request)) continue
    await folder.appendLedger({ type: 'sent', request, answer, at, most_usd, base_url }).catch(explainDiskFault)
  }
  const reserved: Batch = { ...batch, reserved: true }
  await folder.putBatch(reserved).catch(explainDiskFault)
  return reserved
}
