import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import {
  CancellationScope,
  ChildWorkflowCancellationType,
  isCancellation,
  ParentClosePolicy,
  sleep,
  startChild,
  WorkflowIdReusePolicy,
  type ChildWorkflowHandle,
} from '@temporalio/workflow'
import type { BatchReference } from '../activities/create-activities.ts'
import { count } from '../domain/count.ts'
import { failureTypes } from '../domain/runs/failure-types.ts'
import { nameBatchWorkflow } from '../domain/runs/workflow-ids.ts'
import { workflowTaskTimeout } from './activity-proxies.ts'
import type { batch } from './batch.ts'
import { findFailure } from './find-failure.ts'
import type { RunInput } from './messages.ts'
import type { RunControl } from './run-control.ts'
import { labelAttributes } from './search-attributes.ts'

/**
 * Sends batches and waits for all of them; if one fails, the others are interrupted.
 *
 * @returns why the run has to stop, if it has to
 */
export async function runBatches(
  input: RunInput,
  control: RunControl,
  batches: readonly BatchReference[],
): Promise<string | undefined> {
  const results = await Promise.allSettled(batches.map((each) => runBatch(input, control, each)))
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
  const cancellation = errors.find(isCancellation)
  if (cancellation !== undefined) throw cancellation
  const failures = errors.map(findFailure)
  const [failure] = failures.toSorted(({ type }) => (type === failureTypes.stopRun ? -1 : 1))
  return failure?.message
}

async function runBatch(input: RunInput, control: RunControl, reference: BatchReference): Promise<void> {
  const paused = control.paused
  const child = await startBatch(input, paused, reference)
  const stopForwarding = control.forwardTo(child, paused)
  try {
    await child.result()
  } catch (error) {
    // The provider goes on with the others, and a resumed run collects them: nobody should wait a day to read why this one failed.
    if (!isCancellation(error)) control.interrupt()
    throw error
  } finally {
    stopForwarding()
  }
}

async function startBatch(
  { runId, queues, labels }: RunInput,
  paused: boolean,
  { batch: id, requests }: BatchReference,
): Promise<ChildWorkflowHandle<typeof batch>> {
  for (;;) {
    try {
      return await startChild<typeof batch>('batch', {
        workflowId: nameBatchWorkflow(runId, id),
        taskQueue: queues.runs,
        workflowTaskTimeout,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
        parentClosePolicy: ParentClosePolicy.TERMINATE,
        staticSummary: `batch of ${count(requests, 'request')}`,
        typedSearchAttributes: labelAttributes(runId, labels),
        args: [{ runId, batch: id, queues, paused }],
      })
    } catch (error) {
      // Of a run that is winding down, as with items.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      await CancellationScope.cancellable(() => sleep('1 second'))
    }
  }
}
