import type { RunFolder } from '../../adapters/stores/run-store.ts'
import type { FailedRequest } from '../../domain/models/model-failure.ts'
import type { Model } from '../../domain/models/model-spec.ts'
import type { Batching, OutgoingBatch } from '../../domain/providers/batches/batching.ts'
import { findApi } from '../../domain/providers/providers.ts'
import type { Batch, BatchedRequest } from '../../domain/runs/batches/batch.ts'
import { needAskingRun, type AskingRun } from '../../domain/runs/run.ts'
import { seedSample } from '../asking/prepare-question.ts'
import type { ActivityContext } from '../dependencies.ts'
import { explainDiskFault } from '../disk-fault.ts'
import type { OpenRun } from '../read-run.ts'
import { callAbout, isRequestFailure, withoutTrouble, type BatchInput } from './call-about.ts'
import { findLostBatch } from './find-lost-batch.ts'
import { renderBatched } from './render-batched.ts'

/** `unsure`: whether it arrived will be known later. */
export type Submission = 'sent' | 'unsure'

/**
 * Sends a batch, once. That it is being sent is stored before, and the provider's id for it right after; so after a crash in
 * between, the provider is asked whether it has the batch before it is sent again.
 */
export function createSubmitBatch(context: ActivityContext) {
  return async function submitBatch({ runId, batch: id }: BatchInput): Promise<Submission> {
    const open = await context.readRun(runId)
    const { folder } = open
    const run = needAskingRun(open.run)
    const model = context.models.locate(run.model)
    const batch = await folder.readBatch(id)
    if (batch.state === 'sending') {
      const sighting = await callAbout(context, folder, batch, () => findLostBatch(context, folder, model, batch))
      if (sighting === 'wait') return 'unsure'
      if (sighting !== 'absent') {
        await noteAccepted(context, folder, batch, sighting.id)
        return 'sent'
      }
    } else if (batch.state !== 'built') {
      return 'sent'
    }
    await send(context, open, run, model, { ...batch, state: 'built', sent_at: null })
    return 'sent'
  }
}

async function send(
  context: ActivityContext,
  open: OpenRun,
  run: AskingRun,
  model: Model,
  batch: Batch,
): Promise<void> {
  const { folder } = open
  const { batches } = context.models
  const outgoing = await openOutgoing(open, run, model, batch)
  const fileId =
    batch.file_id ?? (await callAbout(context, folder, batch, () => batches.prepare(model, outgoing))) ?? null
  const prepared: Batch = { ...batch, file_id: fileId }
  const sending: Batch = { ...prepared, state: 'sending', sent_at: context.now().toISOString() }
  await folder.putBatch(sending).catch(explainDiskFault)
  let id: string
  try {
    id = (await batches.submit(model, outgoing, fileId ?? undefined)).id
  } catch (error) {
    const stands = isRequestFailure(error) && isRefusal(error.failed) ? prepared : sending
    await folder.putBatch(stands).catch(explainDiskFault)
    return callAbout(context, folder, stands, () => Promise.reject(error as Error))
  }
  await noteAccepted(context, folder, sending, id)
}

/** Whether it is certain that the provider did not take it. */
function isRefusal({ status, neverSent }: FailedRequest): boolean {
  return (
    neverSent === true || (status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 499)
  )
}

/** First the file, which decides what is sent; then the ledger, for everyone else. */
async function noteAccepted(context: ActivityContext, folder: RunFolder, batch: Batch, id: string): Promise<void> {
  await folder.putBatch({ ...withoutTrouble(batch), state: 'sent', provider_id: id }).catch(explainDiskFault)
  const at = context.now().toISOString()
  for (const { request, answer } of await folder.readBatchRequests(batch.batch)) {
    await folder
      .appendLedger({ type: 'accepted', request, answer, at, provider_id: id, by: 'batch' })
      .catch(explainDiskFault)
  }
}

async function openOutgoing(open: OpenRun, run: AskingRun, model: Model, batch: Batch): Promise<OutgoingBatch> {
  const requests = await open.folder.readBatchRequests(batch.batch)
  const { path, batching } = findApi(model)
  return {
    label: batch.batch,
    modelId: model.id,
    path,
    count: batch.requests,
    bytes: batch.bytes,
    async *lines() {
      for (const request of requests) yield await renderRequest(open.folder, run, model, batching as Batching, request)
    },
  }
}

async function renderRequest(
  folder: RunFolder,
  run: AskingRun,
  model: Model,
  batching: Batching,
  { request, prompt, question }: BatchedRequest,
): Promise<string> {
  const sampling = seedSample(run.specification.sampling, model, question.sample)
  return renderBatched(folder, batching, request, model, sampling, await folder.readPrompt(prompt))
}
