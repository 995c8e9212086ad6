import { count } from '../../count.ts'
import { isOpenBatch, type Batch } from './batch.ts'

/** What becomes of each batch whose requests have no fate yet, in words. */
export function describeOpenBatches(batches: readonly Batch[]): string[] {
  return batches.filter(isOpenBatch).map(describeBatch)
}

function describeBatch({ batch, state, provider_id, requests, counts, reason, failing_since }: Batch): string {
  const trouble = failing_since === null ? '' : `; asking about it fails: ${reason}`
  if (state === 'built') return `${batch}: ${count(requests, 'request')}, not sent yet${trouble}`
  if (state === 'sending')
    return `${batch}: ${count(requests, 'request')}, may have been sent: looking for it${trouble}`
  const failed = counts.failed === 0 ? '' : `, ${counts.failed} failed`
  return `${provider_id ?? batch}: ${counts.done} of ${count(requests, 'request')} done${failed}${trouble}`
}
