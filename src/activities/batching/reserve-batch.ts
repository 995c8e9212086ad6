import { withoutSecrets } from '../../domain/models/without-secrets.ts'
import type { Batch } from '../../domain/runs/batches/batch.ts'
import { needAskingRun } from '../../domain/runs/run.ts'
import { countDearness } from '../asking/run-spending.ts'
import type { ActivityContext } from '../dependencies.ts'
import { explainDiskFault } from '../disk-fault.ts'
import type { OpenRun } from '../read-run.ts'

/** Writes the `sent` lines of a batch, each with its maximum cost, except those that an interrupted attempt wrote. */
export async function reserveBatch(context: ActivityContext, { folder, run }: OpenRun, batch: Batch): Promise<Batch> {
  const requests = await folder.readBatchRequests(batch.batch)
  const ledger = await context.spendingOf(folder).readLedger()
  const at = context.now().toISOString()
  const base_url = withoutSecrets(context.models.locate(needAskingRun(run).model).baseUrl)
  for (const { request, answer, most_usd } of requests) {
    if (ledger.findOpen(request) !== undefined) continue
    const line = countDearness({ type: 'sent', request, answer, at, most_usd, base_url }, ledger.dearness)
    await folder.appendLedger(line).catch(explainDiskFault)
  }
  const reserved: Batch = { ...batch, reserved: true }
  await folder.putBatch(reserved).catch(explainDiskFault)
  return reserved
}
